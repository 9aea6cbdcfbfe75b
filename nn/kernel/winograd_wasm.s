//go:build goexperiment.simd

#include "textflag.h"

// Winograd's transforms of one tile, four channels at a time: down the columns into
// tmp, then along the rows. A store cannot have an offset in Go's assembler, so
// places are reached by walking a pointer.

#define LOAD(R, off, V) Get R; I32WrapI64; V128Load $off; Set V
#define SAVE(off, V) Get R8; I32WrapI64; I32Const $off; I32Add; Get V; V128Store $0
#define WALK(V) Get R6; I32WrapI64; Get V; V128Store $0; Get R6; Get R7; I64Add; Set R6
#define STEP(R, S) Get R; Get S; I64Add; Set R
#define NEXT(R, S, T) Get R; Get S; I64Add; Set T
#define PLUS(A, B, T) Get A; Get B; F32x4Add; Set T
#define MINUS(A, B, T) Get A; Get B; F32x4Sub; Set T
#define TIMES(A, B, T) Get A; Get B; F32x4Mul; Set T
// T = A*B + C, and C - A*B
#define MADD(A, B, C, T) Get A; Get B; F32x4Mul; Get C; F32x4Add; Set T
#define MSUB(A, B, C, T) Get C; Get A; Get B; F32x4Mul; F32x4Sub; Set T
#define CONST(n, V) F32Const $n; F32x4Splat; Set V
#define BEGIN(dst, src) \
	I64Load dst+0(FP); Set R13; \
	I64Load src+8(FP); Set R14; \
	I64Load tmp+16(FP); Set R8; \
	I64Load row+24(FP); Set R9; \
	I64Load column+32(FP); Set R10; \
	I64Load place+40(FP); Set R7; \
	I64Load vectors+48(FP); Set R15
#define AGAIN \
	Get R13; I64Const $16; I64Add; Set R13; \
	Get R14; I64Const $16; I64Add; Set R14; \
	Get R15; I64Const $1; I64Sub; Tee R15; I64Eqz; I32Eqz; BrIf $0

// INPUT multiplies V0 to V5 with B transposed, into V6 to V11. V13, V14 and V15 are
// 5, 4 and 2.
#define INPUT \
	MADD(V0, V14, V4, V6); MSUB(V2, V13, V6, V6); \
	MSUB(V2, V14, V4, V12); MSUB(V1, V14, V3, V7); \
	MINUS(V12, V7, V8); PLUS(V12, V7, V7); \
	MINUS(V4, V2, V12); MINUS(V3, V1, V9); TIMES(V9, V15, V9); \
	MINUS(V12, V9, V10); PLUS(V12, V9, V9); \
	MADD(V1, V14, V5, V11); MSUB(V3, V13, V11, V11)

#define INPUTCOLUMN(i) \
	LOAD(R0, 0, V0); LOAD(R1, 0, V1); LOAD(R2, 0, V2); LOAD(R3, 0, V3); LOAD(R4, 0, V4); LOAD(R5, 0, V5); \
	STEP(R0, R10); STEP(R1, R10); STEP(R2, R10); STEP(R3, R10); STEP(R4, R10); STEP(R5, R10); \
	INPUT; \
	SAVE(i, V6); SAVE(96+i, V7); SAVE(192+i, V8); SAVE(288+i, V9); SAVE(384+i, V10); SAVE(480+i, V11)

#define INPUTROW(k) \
	LOAD(R8, k, V0); LOAD(R8, 16+k, V1); LOAD(R8, 32+k, V2); LOAD(R8, 48+k, V3); LOAD(R8, 64+k, V4); LOAD(R8, 80+k, V5); \
	INPUT; \
	WALK(V6); WALK(V7); WALK(V8); WALK(V9); WALK(V10); WALK(V11)

// func inputTile(v, x, tmp unsafe.Pointer, row, column, place uintptr, vectors int)
TEXT ·inputTile(SB), NOSPLIT, $0-56
	BEGIN(v, x)
	CONST(5.0, V13)
	CONST(4.0, V14)
	CONST(2.0, V15)
	Loop
		Get R14
		Set R0
		NEXT(R0, R9, R1); NEXT(R1, R9, R2); NEXT(R2, R9, R3); NEXT(R3, R9, R4); NEXT(R4, R9, R5)
		INPUTCOLUMN(0); INPUTCOLUMN(16); INPUTCOLUMN(32); INPUTCOLUMN(48); INPUTCOLUMN(64); INPUTCOLUMN(80)
		Get R13
		Set R6
		INPUTROW(0); INPUTROW(96); INPUTROW(192); INPUTROW(288); INPUTROW(384); INPUTROW(480)
		AGAIN
	End
	RET

// OUTPUT multiplies V0 to V5 with A transposed, into V6 to V9. V13, V14 and V15 are
// 8, 4 and 2.
#define OUTPUT \
	PLUS(V1, V2, V10); MINUS(V1, V2, V11); PLUS(V3, V4, V12); MINUS(V3, V4, V4); \
	PLUS(V0, V10, V6); PLUS(V6, V12, V6); \
	MADD(V4, V15, V11, V7); \
	MADD(V12, V14, V10, V8); \
	MADD(V4, V13, V11, V9); PLUS(V9, V5, V9)

#define OUTPUTCOLUMN(i) \
	LOAD(R0, 0, V0); LOAD(R1, 0, V1); LOAD(R2, 0, V2); LOAD(R3, 0, V3); LOAD(R4, 0, V4); LOAD(R5, 0, V5); \
	STEP(R0, R7); STEP(R1, R7); STEP(R2, R7); STEP(R3, R7); STEP(R4, R7); STEP(R5, R7); \
	OUTPUT; \
	SAVE(i, V6); SAVE(96+i, V7); SAVE(192+i, V8); SAVE(288+i, V9)

#define PUT(V) Get R6; I32WrapI64; Get V; V128Store $0; STEP(R6, R10)
#define OUTPUTROW(k) \
	LOAD(R8, k, V0); LOAD(R8, 16+k, V1); LOAD(R8, 32+k, V2); LOAD(R8, 48+k, V3); LOAD(R8, 64+k, V4); LOAD(R8, 80+k, V5); \
	OUTPUT; \
	Get R11; Set R6; PUT(V6); PUT(V7); PUT(V8); PUT(V9); STEP(R11, R9)

// func outputTile(y, m, tmp unsafe.Pointer, row, column, place uintptr, vectors int)
TEXT ·outputTile(SB), NOSPLIT, $0-56
	BEGIN(y, m)
	CONST(8.0, V13)
	CONST(4.0, V14)
	CONST(2.0, V15)
	Get R7
	I64Const $6
	I64Mul
	Set R12
	Loop
		Get R14
		Set R0
		NEXT(R0, R12, R1); NEXT(R1, R12, R2); NEXT(R2, R12, R3); NEXT(R3, R12, R4); NEXT(R4, R12, R5)
		OUTPUTCOLUMN(0); OUTPUTCOLUMN(16); OUTPUTCOLUMN(32); OUTPUTCOLUMN(48); OUTPUTCOLUMN(64); OUTPUTCOLUMN(80)
		Get R13
		Set R11
		OUTPUTROW(0); OUTPUTROW(96); OUTPUTROW(192); OUTPUTROW(288)
		AGAIN
	End
	RET

// GRAD multiplies V0 to V3 with A, into V0, V6 to V9 and V3. V13, V14 and V15 are 8,
// 4 and 2.
#define GRAD \
	PLUS(V0, V2, V10); PLUS(V1, V3, V11); \
	PLUS(V10, V11, V6); MINUS(V10, V11, V7); \
	MADD(V2, V14, V0, V10); TIMES(V1, V15, V11); MADD(V3, V13, V11, V11); \
	PLUS(V10, V11, V8); MINUS(V10, V11, V9)

#define GRADCOLUMN(i) \
	LOAD(R0, 0, V0); LOAD(R1, 0, V1); LOAD(R2, 0, V2); LOAD(R3, 0, V3); \
	STEP(R0, R10); STEP(R1, R10); STEP(R2, R10); STEP(R3, R10); \
	GRAD; \
	SAVE(i, V0); SAVE(64+i, V6); SAVE(128+i, V7); SAVE(192+i, V8); SAVE(256+i, V9); SAVE(320+i, V3)

#define GRADROW(k) \
	LOAD(R8, k, V0); LOAD(R8, 16+k, V1); LOAD(R8, 32+k, V2); LOAD(R8, 48+k, V3); \
	GRAD; \
	WALK(V0); WALK(V6); WALK(V7); WALK(V8); WALK(V9); WALK(V3)

// func outputGradTile(m, dy, tmp unsafe.Pointer, row, column, place uintptr, vectors int)
TEXT ·outputGradTile(SB), NOSPLIT, $0-56
	BEGIN(m, dy)
	CONST(8.0, V13)
	CONST(4.0, V14)
	CONST(2.0, V15)
	Loop
		Get R14
		Set R0
		NEXT(R0, R9, R1); NEXT(R1, R9, R2); NEXT(R2, R9, R3)
		GRADCOLUMN(0); GRADCOLUMN(16); GRADCOLUMN(32); GRADCOLUMN(48)
		Get R13
		Set R6
		GRADROW(0); GRADROW(64); GRADROW(128); GRADROW(192); GRADROW(256); GRADROW(320)
		AGAIN
	End
	RET
