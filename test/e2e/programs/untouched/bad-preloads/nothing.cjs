'use strict';
// Preloaded in place of ours to show that two runs of one program are the same.
