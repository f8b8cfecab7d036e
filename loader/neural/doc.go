// Package neural is the arithmetic under the learned models: matrix products,
// the LSTM's gates, and the file that weights are kept in.
//
// Two families of products are here. [Gemm] and [MulPacked] work on float32 and
// serve the trainer. [Weights.Mul] multiplies activations of 12 bits and a sign,
// [Narrow.Mul] such of 6 bits and a sign, with 8-bit weights and sums in integers;
// they serve the models at run time, where the answer must not depend on the
// machine: the vector code and the plain Go code give the same bits. Which one
// runs is chosen from the processor's features.
//
// Everything is deterministic and allocates nothing but what it returns. Values
// are safe for concurrent reading. The package knows nothing of language.
package neural
