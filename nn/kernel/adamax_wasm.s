//go:build goexperiment.simd

#include "textflag.h"

// Adamax's update, two vectors a turn: compiled Go takes twice as long, because each load
// and each turn costs a check.

#define LOAD(R, off, V) Get R; I32WrapI64; V128Load $off; Set V
#define SAVE(R, off, V) Get R; I32WrapI64; I32Const $off; I32Add; Get V; V128Store $0
#define TIMES(A, B, T) Get A; Get B; F32x4Mul; Set T
#define PLUS(A, B, T) Get A; Get B; F32x4Add; Set T
#define NUMBER(name, at, V) F32Load name+at(FP); F32x4Splat; Set V
#define STEP(R, n) Get R; I64Const $n; I64Add; Set R

// UPDATE does a vector. R0 to R3 are w, m, u and d; V11 to V15 are rate, beta1, 1-beta1,
// beta2 and epsilon. Floats that are not negative are as large as their bits say, and NaN is
// the largest.
#define UPDATE(off) \
	LOAD(R3, off, V0); LOAD(R1, off, V1); LOAD(R2, off, V2); LOAD(R0, off, V3); \
	TIMES(V12, V1, V1); TIMES(V13, V0, V4); PLUS(V1, V4, V1); \
	TIMES(V14, V2, V2); Get V2; Get V0; F32x4Abs; I32x4MaxS; Set V2; \
	SAVE(R1, off, V1); SAVE(R2, off, V2); \
	TIMES(V11, V1, V1); PLUS(V2, V15, V2); \
	Get V3; Get V1; Get V2; F32x4Div; F32x4Sub; Set V3; \
	SAVE(R0, off, V3)

// func adamaxStream(w, m, u, d unsafe.Pointer, vectors int, rate, beta1, rest1, beta2, epsilon float32)
TEXT ·adamaxStream(SB), NOSPLIT, $0-60
	I64Load w+0(FP); Set R0
	I64Load m+8(FP); Set R1
	I64Load u+16(FP); Set R2
	I64Load d+24(FP); Set R3
	I64Load vectors+32(FP); Set R4
	NUMBER(rate, 40, V11)
	NUMBER(beta1, 44, V12)
	NUMBER(rest1, 48, V13)
	NUMBER(beta2, 52, V14)
	NUMBER(epsilon, 56, V15)
	Get R4
	I64Const $1
	I64And
	I32WrapI64
	If
		UPDATE(0)
		STEP(R0, 16); STEP(R1, 16); STEP(R2, 16); STEP(R3, 16); STEP(R4, -1)
	End
	Block
		Get R4; I64Eqz; BrIf $0
		Loop
			UPDATE(0)
			UPDATE(16)
			STEP(R0, 32); STEP(R1, 32); STEP(R2, 32); STEP(R3, 32)
			Get R4; I64Const $2; I64Sub; Tee R4; I64Eqz; I32Eqz; BrIf $0
		End
	End
	RET
