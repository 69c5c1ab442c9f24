/** Ends with status 0 if the tfjs-node in a folder computes: `node works.cjs FOLDER`. */
const tf = require(process.argv[2]);

const [found] = tf
  .grad((x) => tf.mul(x, x))(tf.scalar(3))
  .dataSync();
if (tf.getBackend() !== 'tensorflow' || found !== 6) {
  throw new Error(
    `the derivative of x² at 3 must be 6 on backend tensorflow, got ${found} on ${tf.getBackend()}`,
  );
}
