#include "textflag.h"

// The LSTM cell and the Gaussian error linear unit, eight at a time. The operations and their order are
// those of the plain code, each rounded by itself, so that the bits agree. R8
// points to the constants, eight copies of each, in the order of cellTable.

#define CONST(i) (32*i)(R8)

// TANH replaces Y0; it uses Y1 to Y3.
#define TANH \
	VMAXPS CONST(1), Y0, Y0 \
	VMINPS CONST(0), Y0, Y0 \
	VMULPS Y0, Y0, Y1 \
	VMULPS CONST(2), Y1, Y2 \
	VADDPS CONST(3), Y2, Y2 \
	VMULPS Y1, Y2, Y2 \
	VADDPS CONST(4), Y2, Y2 \
	VMULPS Y1, Y2, Y2 \
	VADDPS CONST(5), Y2, Y2 \
	VMULPS Y1, Y2, Y2 \
	VADDPS CONST(6), Y2, Y2 \
	VMULPS Y1, Y2, Y2 \
	VADDPS CONST(7), Y2, Y2 \
	VMULPS Y1, Y2, Y2 \
	VADDPS CONST(8), Y2, Y2 \
	VMULPS Y0, Y2, Y2 \
	VMULPS CONST(9), Y1, Y3 \
	VADDPS CONST(10), Y3, Y3 \
	VMULPS Y1, Y3, Y3 \
	VADDPS CONST(11), Y3, Y3 \
	VMULPS Y1, Y3, Y3 \
	VADDPS CONST(12), Y3, Y3 \
	VDIVPS Y3, Y2, Y0

#define SIGMOID \
	VMULPS CONST(13), Y0, Y0 \
	TANH \
	VMULPS CONST(13), Y0, Y0 \
	VADDPS CONST(13), Y0, Y0

// func cellAVX2(blocks int, gates *float32, width int, prior, cell, squashed, out, table *float32)
// Gates are width units apart.
TEXT ·cellAVX2(SB), NOSPLIT, $0-64
	MOVQ blocks+0(FP), CX
	MOVQ gates+8(FP), AX
	MOVQ width+16(FP), R9
	MOVQ prior+24(FP), BX
	MOVQ cell+32(FP), DX
	MOVQ squashed+40(FP), SI
	MOVQ out+48(FP), DI
	MOVQ table+56(FP), R8
	SHLQ $2, R9
	LEAQ (R9)(R9*2), R10
loop:
	VMOVUPS (AX), Y0
	SIGMOID
	VMOVUPS Y0, (AX)
	VMOVAPS Y0, Y4
	VMOVUPS (AX)(R9*2), Y0
	TANH
	VMOVUPS Y0, (AX)(R9*2)
	VMULPS Y0, Y4, Y4
	VMOVUPS (AX)(R9*1), Y0
	SIGMOID
	VMOVUPS Y0, (AX)(R9*1)
	VMULPS (BX), Y0, Y0
	VADDPS Y4, Y0, Y4
	VMOVUPS Y4, (DX)
	VMOVUPS (AX)(R10*1), Y0
	SIGMOID
	VMOVUPS Y0, (AX)(R10*1)
	VMOVAPS Y0, Y5
	VMOVAPS Y4, Y0
	TANH
	VMOVUPS Y0, (SI)
	VMULPS Y0, Y5, Y5
	VMOVUPS Y5, (DI)
	ADDQ $32, AX
	ADDQ $32, BX
	ADDQ $32, DX
	ADDQ $32, SI
	ADDQ $32, DI
	DECQ CX
	JNZ loop
	VZEROUPPER
	RET

// func geluAVX2(x *float32, blocks int, table *float32)
TEXT ·geluAVX2(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), AX
	MOVQ blocks+8(FP), CX
	MOVQ table+16(FP), R8
loop:
	VMOVUPS (AX), Y4
	VMULPS Y4, Y4, Y0
	VMULPS CONST(15), Y0, Y0
	VADDPS CONST(16), Y0, Y0
	VMULPS Y4, Y0, Y0
	VMULPS CONST(14), Y0, Y0
	TANH
	VMULPS CONST(13), Y0, Y0
	VADDPS CONST(13), Y0, Y0
	VMULPS Y4, Y0, Y0
	VMOVUPS Y0, (AX)
	ADDQ $32, AX
	DECQ CX
	JNZ loop
	VZEROUPPER
	RET
