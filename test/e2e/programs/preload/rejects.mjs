console.log('before');
void Promise.reject(new RangeError('rejected by the program'));
setTimeout(() => console.log('never reached'), 1000);
