export default 'loaded';
