//go:build goexperiment.simd

#include "go_asm.h"
#include "textflag.h"

// The tiles of tile_wasm.go. Their block of c stays in vector registers while they
// walk all runs, K unrolled by four: 8 registers for the 4x8 elements of tile4x2, two
// for a row of b, one for an element of a. In Chromium on a Zen 5, GFLOP/s with and
// without relaxed SIMD: tile4x2 54 to 57 at K of 48 and more, 44 at 32, 35 at 16 (a
// 6x8 tile reached 34: the engine spills it). a is read in place, by rows (AK is 1)
// or by columns (AM is 1); b in rows of BK, packed or not.
//
// Of Go's assembler one has to know: a store cannot have an offset, and a loop's
// label is how many blocks lie between.

// SPLAT reads one float32 into all lanes. The assembler leaves out what follows the
// opcode of V128Load32Splat, an alignment and an offset, so they are written as the
// instructions whose opcodes are those numbers: 1 (Nop), and 72 to 84 (the OFF
// below). Pointers into a are therefore kept 72 bytes low.
#define OFF0 I32LtS
#define OFF4 I32LeS
#define OFF8 I64Eqz
#define OFF12 I64LtU
#define LOW 72
#define SPLAT(R, OFF) Get R; I32WrapI64; V128Load32Splat; Nop; OFF; Set V15

#define LOAD(R, off, V) Get R; I32WrapI64; V128Load $off; Set V
#define ADD(R, S) Get R; Get S; I64Add; Set R
#define ADDCONST(R, n) Get R; I64Const $n; I64Add; Set R
#define FIELD(f, R) Get R14; I32WrapI64; I64Load $f; Set R
#define BYTES(f, R) Get R14; I32WrapI64; I64Load $f; I64Const $2; I64Shl; Set R
#define ZERO(V) Get V14; Set V

// MADD is what web/relax turns into a fused multiply-add: keep its order.
#define MADD(V, B) Get V15; Get B; F32x4Mul; Get V; F32x4Add; Set V

// BEGIN reads the product: R4 is bk, R7 am, R8 ak, all in bytes; R12 is c, R13 is
// a, R14 the product and R15 the number of tiles to do. V14 is zero throughout.
#define BEGIN \
	I64Load c+0(FP); Set R12; \
	I64Load a+8(FP); I64Const $LOW; I64Sub; Set R13; \
	I64Load p+24(FP); Set R14; \
	I64Load tiles+32(FP); Set R15; \
	BYTES(Matmul_AM, R7); \
	BYTES(Matmul_AK, R8); \
	BYTES(Matmul_BK, R4)

// FIRSTRUN sets R9 to the number of runs, R10 and R11 to where their offsets lie.
#define FIRSTRUN \
	FIELD(Matmul_AOff, R10); \
	FIELD(Matmul_BOff, R11); \
	FIELD(const_aoffLen, R9)

// RUN sets R0 and R6 to where the run starts in a and b, and R5 to its K.
#define RUN \
	Get R10; I32WrapI64; I64Load $0; I64Const $2; I64Shl; Get R13; I64Add; Set R0; \
	Get R11; I32WrapI64; I64Load $0; I64Const $2; I64Shl; I64Load b+16(FP); I64Add; Set R6; \
	FIELD(Matmul_K, R5)

#define ROWPOINTERS \
	Get R0; Get R7; I64Add; Tee R1; Get R7; I64Add; Tee R2; Get R7; I64Add; Set R3

// AGAIN ends a turn of a loop that counts R down by n, and goes on while not zero.
#define AGAIN(R, n) Get R; I64Const $n; I64Sub; Tee R; I64Eqz; I32Eqz; BrIf $0
// ATLEAST4 leaves the block around it when fewer than four of K are left.
#define ATLEAST4 Get R5; I64Const $4; I64LtS; BrIf $0
#define SOME Get R5; I64Eqz; BrIf $0
#define NEXTRUN ADDCONST(R10, 8); ADDCONST(R11, 8); AGAIN(R9, 1)

// STORE writes two vectors to c, or adds them to what is there.
#define PUT(V) Get R12; I32WrapI64; Get V; V128Store $0; ADDCONST(R12, 16)
#define PLUS(V, off) Get R12; I32WrapI64; V128Load $off; Get V; F32x4Add; Set V
#define IFADD Get R14; I32WrapI64; I32Load8U $Matmul_Add; If

#define STEP4X2(A0, O0, A1, O1, A2, O2, A3, O3) \
	LOAD(R6, 0, V12); LOAD(R6, 16, V13); ADD(R6, R4); \
	SPLAT(A0, O0); MADD(V0, V12); MADD(V1, V13); \
	SPLAT(A1, O1); MADD(V2, V12); MADD(V3, V13); \
	SPLAT(A2, O2); MADD(V4, V12); MADD(V5, V13); \
	SPLAT(A3, O3); MADD(V6, V12); MADD(V7, V13)

#define STEP4X1(A0, O0, A1, O1, A2, O2, A3, O3) \
	LOAD(R6, 0, V12); ADD(R6, R4); \
	SPLAT(A0, O0); MADD(V0, V12); \
	SPLAT(A1, O1); MADD(V2, V12); \
	SPLAT(A2, O2); MADD(V4, V12); \
	SPLAT(A3, O3); MADD(V6, V12)

// ROWS walks one run of four rows of a, each of which is contiguous.
#define ROWS(STEP) \
	ROWPOINTERS; \
	Block; ATLEAST4; Loop; \
		STEP(R0, OFF0, R1, OFF0, R2, OFF0, R3, OFF0); \
		STEP(R0, OFF4, R1, OFF4, R2, OFF4, R3, OFF4); \
		STEP(R0, OFF8, R1, OFF8, R2, OFF8, R3, OFF8); \
		STEP(R0, OFF12, R1, OFF12, R2, OFF12, R3, OFF12); \
		ADDCONST(R0, 16); ADDCONST(R1, 16); ADDCONST(R2, 16); ADDCONST(R3, 16); \
		Get R5; I64Const $4; I64Sub; Tee R5; I64Const $4; I64GeS; BrIf $0; \
	End; End; \
	Block; SOME; Loop; \
		STEP(R0, OFF0, R1, OFF0, R2, OFF0, R3, OFF0); \
		ADDCONST(R0, 4); ADDCONST(R1, 4); ADDCONST(R2, 4); ADDCONST(R3, 4); \
		AGAIN(R5, 1); \
	End; End

// COLUMNS walks one run of four rows of a that lie side by side.
#define COLUMNS(STEP) \
	Block; ATLEAST4; Loop; \
		STEP(R0, OFF0, R0, OFF4, R0, OFF8, R0, OFF12); ADD(R0, R8); \
		STEP(R0, OFF0, R0, OFF4, R0, OFF8, R0, OFF12); ADD(R0, R8); \
		STEP(R0, OFF0, R0, OFF4, R0, OFF8, R0, OFF12); ADD(R0, R8); \
		STEP(R0, OFF0, R0, OFF4, R0, OFF8, R0, OFF12); ADD(R0, R8); \
		Get R5; I64Const $4; I64Sub; Tee R5; I64Const $4; I64GeS; BrIf $0; \
	End; End; \
	Block; SOME; Loop; \
		STEP(R0, OFF0, R0, OFF4, R0, OFF8, R0, OFF12); ADD(R0, R8); \
		AGAIN(R5, 1); \
	End; End

// EITHER walks all runs as ROWS or as COLUMNS does.
#define EITHER(STEP) \
	FIRSTRUN; \
	Get R8; I64Const $4; I64Eq; If; \
		Loop; RUN; ROWS(STEP); NEXTRUN; End; \
	Else; \
		Loop; RUN; COLUMNS(STEP); NEXTRUN; End; \
	End

// func tile4x2(c, a, b unsafe.Pointer, p *Matmul, tiles int)
TEXT ·tile4x2(SB), NOSPLIT, $0-40
	BEGIN
	Loop
		ZERO(V0); ZERO(V1); ZERO(V2); ZERO(V3); ZERO(V4); ZERO(V5); ZERO(V6); ZERO(V7)
		EITHER(STEP4X2)
		BYTES(Matmul_CM, R5)
		ADDCONST(R5, -32)
		IFADD
			Get R12
			Set R6
			PLUS(V0, 0); PLUS(V1, 16); ADD(R12, R5); ADDCONST(R12, 32)
			PLUS(V2, 0); PLUS(V3, 16); ADD(R12, R5); ADDCONST(R12, 32)
			PLUS(V4, 0); PLUS(V5, 16); ADD(R12, R5); ADDCONST(R12, 32)
			PLUS(V6, 0); PLUS(V7, 16)
			Get R6
			Set R12
		End
		PUT(V0); PUT(V1); ADD(R12, R5)
		PUT(V2); PUT(V3); ADD(R12, R5)
		PUT(V4); PUT(V5); ADD(R12, R5)
		PUT(V6); PUT(V7); ADD(R12, R5)
		Get R7
		I64Const $2
		I64Shl
		Get R13
		I64Add
		Set R13
		AGAIN(R15, 1)
	End
	RET

// func tile4x1(c, a, b unsafe.Pointer, p *Matmul, tiles int)
TEXT ·tile4x1(SB), NOSPLIT, $0-40
	BEGIN
	Loop
		ZERO(V0); ZERO(V2); ZERO(V4); ZERO(V6)
		EITHER(STEP4X1)
		BYTES(Matmul_CM, R5)
		ADDCONST(R5, -16)
		IFADD
			Get R12
			Set R6
			PLUS(V0, 0); ADD(R12, R5); ADDCONST(R12, 16)
			PLUS(V2, 0); ADD(R12, R5); ADDCONST(R12, 16)
			PLUS(V4, 0); ADD(R12, R5); ADDCONST(R12, 16)
			PLUS(V6, 0)
			Get R6
			Set R12
		End
		PUT(V0); ADD(R12, R5)
		PUT(V2); ADD(R12, R5)
		PUT(V4); ADD(R12, R5)
		PUT(V6); ADD(R12, R5)
		Get R7
		I64Const $2
		I64Shl
		Get R13
		I64Add
		Set R13
		AGAIN(R15, 1)
	End
	RET

#define STEP1X4 \
	SPLAT(R0, OFF0); ADD(R0, R8); \
	LOAD(R6, 0, V8); LOAD(R6, 16, V9); LOAD(R6, 32, V10); LOAD(R6, 48, V11); ADD(R6, R4); \
	MADD(V0, V8); MADD(V1, V9); MADD(V2, V10); MADD(V3, V11)

// func tile1x4(c, a, b unsafe.Pointer, p *Matmul, tiles int)
TEXT ·tile1x4(SB), NOSPLIT, $0-40
	BEGIN
	Loop
		ZERO(V0); ZERO(V1); ZERO(V2); ZERO(V3)
		FIRSTRUN
		Loop
			RUN
			Block; ATLEAST4; Loop
				STEP1X4; STEP1X4; STEP1X4; STEP1X4
				Get R5; I64Const $4; I64Sub; Tee R5; I64Const $4; I64GeS; BrIf $0
			End; End
			Block; SOME; Loop
				STEP1X4
				AGAIN(R5, 1)
			End; End
			NEXTRUN
		End
		BYTES(Matmul_CM, R5)
		ADDCONST(R5, -64)
		IFADD
			PLUS(V0, 0); PLUS(V1, 16); PLUS(V2, 32); PLUS(V3, 48)
		End
		PUT(V0); PUT(V1); PUT(V2); PUT(V3); ADD(R12, R5)
		ADD(R13, R7)
		AGAIN(R15, 1)
	End
	RET

#define STEP1X1 \
	SPLAT(R0, OFF0); ADD(R0, R8); \
	LOAD(R6, 0, V12); ADD(R6, R4); \
	MADD(V0, V12)

// func tile1x1(c, a, b unsafe.Pointer, p *Matmul, tiles int)
TEXT ·tile1x1(SB), NOSPLIT, $0-40
	BEGIN
	Loop
		ZERO(V0)
		FIRSTRUN
		Loop
			RUN
			Block; SOME; Loop
				STEP1X1
				AGAIN(R5, 1)
			End; End
			NEXTRUN
		End
		BYTES(Matmul_CM, R5)
		ADDCONST(R5, -16)
		IFADD
			PLUS(V0, 0)
		End
		PUT(V0); ADD(R12, R5)
		ADD(R13, R7)
		AGAIN(R15, 1)
	End
	RET
