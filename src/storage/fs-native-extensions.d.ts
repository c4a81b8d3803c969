declare module 'fs-native-extensions' {
  const native: {
    /** False when another open file description holds the lock. */
    tryLock(fd: number): boolean;
  };
  export default native;
}
