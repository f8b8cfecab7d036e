#include "textflag.h"

// The parts of softmax and of layer normalisation, eight elements at a time. The
// operations and their order are those of the plain code, each rounded by itself.

// func greatestAVX2(x *float32, blocks int) float32
TEXT ·greatestAVX2(SB), NOSPLIT, $0-20
	MOVQ x+0(FP), AX
	MOVQ blocks+8(FP), CX
	VMOVUPS (AX), Y0
loop:
	VMAXPS (AX), Y0, Y0
	ADDQ $32, AX
	DECQ CX
	JNZ loop
	VEXTRACTF128 $1, Y0, X1
	VMAXPS X1, X0, X0
	VPSHUFD $0x4E, X0, X1
	VMAXPS X1, X0, X0
	VPSHUFD $0xB1, X0, X1
	VMAXPS X1, X0, X0
	VMOVSS X0, ret+16(FP)
	VZEROUPPER
	RET

#define POWER(i) (32*i)(R8)

// func powerAVX2(x *float32, blocks int, top, scale float32, sums *lanes, table *float32)
TEXT ·powerAVX2(SB), NOSPLIT, $0-40
	MOVQ x+0(FP), AX
	MOVQ blocks+8(FP), CX
	VBROADCASTSS top+16(FP), Y6
	VBROADCASTSS scale+20(FP), Y7
	MOVQ sums+24(FP), DI
	MOVQ table+32(FP), R8
	VMOVUPS (DI), Y5
loop:
	VMOVUPS (AX), Y0
	VSUBPS Y6, Y0, Y0
	VMULPS Y7, Y0, Y0
	VMAXPS POWER(0), Y0, Y0
	VMULPS POWER(1), Y0, Y1
	VROUNDPS $0, Y1, Y1
	VMULPS POWER(2), Y1, Y2
	VSUBPS Y2, Y0, Y0
	VMULPS POWER(3), Y1, Y2
	VSUBPS Y2, Y0, Y0
	VMULPS POWER(4), Y0, Y2
	VADDPS POWER(5), Y2, Y2
	VMULPS Y0, Y2, Y2
	VADDPS POWER(6), Y2, Y2
	VMULPS Y0, Y2, Y2
	VADDPS POWER(7), Y2, Y2
	VMULPS Y0, Y2, Y2
	VADDPS POWER(8), Y2, Y2
	VMULPS Y0, Y2, Y2
	VADDPS POWER(9), Y2, Y2
	VMULPS Y0, Y0, Y3
	VMULPS Y3, Y2, Y2
	VADDPS Y0, Y2, Y2
	VADDPS POWER(10), Y2, Y2
	VCVTPS2DQ Y1, Y1
	VPADDD POWER(11), Y1, Y1
	VPSLLD $23, Y1, Y1
	VMULPS Y1, Y2, Y0
	VMOVUPS Y0, (AX)
	VADDPS Y0, Y5, Y5
	ADDQ $32, AX
	DECQ CX
	JNZ loop
	VMOVUPS Y5, (DI)
	VZEROUPPER
	RET

// func sumAVX2(x *float32, blocks int, sums *lanes)
TEXT ·sumAVX2(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), AX
	MOVQ blocks+8(FP), CX
	MOVQ sums+16(FP), DI
	VMOVUPS (DI), Y0
loop:
	VADDPS (AX), Y0, Y0
	ADDQ $32, AX
	DECQ CX
	JNZ loop
	VMOVUPS Y0, (DI)
	VZEROUPPER
	RET

// func centreAVX2(x *float32, blocks int, mean float32, squares *lanes)
TEXT ·centreAVX2(SB), NOSPLIT, $0-32
	MOVQ x+0(FP), AX
	MOVQ blocks+8(FP), CX
	VBROADCASTSS mean+16(FP), Y2
	MOVQ squares+24(FP), DI
	VMOVUPS (DI), Y0
loop:
	VMOVUPS (AX), Y1
	VSUBPS Y2, Y1, Y1
	VMOVUPS Y1, (AX)
	VMULPS Y1, Y1, Y1
	VADDPS Y1, Y0, Y0
	ADDQ $32, AX
	DECQ CX
	JNZ loop
	VMOVUPS Y0, (DI)
	VZEROUPPER
	RET

// func stretchAVX2(x, gain, bias *float32, blocks int, scale float32)
TEXT ·stretchAVX2(SB), NOSPLIT, $0-36
	MOVQ x+0(FP), AX
	MOVQ gain+8(FP), BX
	MOVQ bias+16(FP), DX
	MOVQ blocks+24(FP), CX
	VBROADCASTSS scale+32(FP), Y1
loop:
	VMULPS (AX), Y1, Y0
	VMULPS (BX), Y0, Y0
	VADDPS (DX), Y0, Y0
	VMOVUPS Y0, (AX)
	ADDQ $32, AX
	ADDQ $32, BX
	ADDQ $32, DX
	DECQ CX
	JNZ loop
	VZEROUPPER
	RET
