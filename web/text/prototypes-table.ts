/**
 * Written by scripts/confusables.ts, from the data of Unicode Technical Standard 39. Not to be edited.
 *
 * For each character that looks like another, in order: how far its code point is from the one before, and
 * the code points of its prototype. All numbers have base 36.
 */
export const STEPS = `
y 3 b 1 o n d f 10 2 3 a 5 1 3 e a 7 1 e a 8 o 1 l 1 a 1 1 c 1 1 1 7 9 1 j 1 o 1 1 1 1 1 3 2 1 2 1 4 1 1 3 1 1
1 1 3 1 1 5 1 1 1 5 1 1 5 1 1 1 1 4 1 1 2 1 1 2 1 1 1 1 1 1 1 1 1 o 1 c 1 1 15 6 1 1 1 n 2 3 3 2 1 1 1 4 1 1 2
2 3 1 2 1 1 5 1 2 3 2 1 1 1 2 1 1 2 2 2 1 6 1 5 9 4 1 2 2 c 3 1 1 1 1 1 1 1 1 8 6 1 1 1 1 1 1 3 1 1 2 2 2 1 5
3 4 1 1 1 1 1 1 4 1 2 a 6 2 2 3 a 7 1 3 1 4 2 9 1 1 5 f 1 2 9 3 2 g 1 e 8 2 5 1 1 3 1 2 2 5 d 1 3 1 1 1 1 1 1
1 1 2 2 2 1 1 2 a 1 1 1 1 2 1 1 1 3 2 2 2 1 1 1 a 1 1 3 1 5 1 c 1 7 1 1 1 1 1 2 1 1 1 3 2 5 1 1 2 8 1 1 1 2 2
3 1 1 1 1 1 1 1 1 1 1 1 6 1 2 2 1 1 1 2 2 1 2 2 1 1 1 1 1 1 1 1 1 5 1 1 3 5 1 1 2 3 6 1 1 d 1 1 1 1 1 7 1 d 1
1 1 3 1 1 1 3 1 1 1 1 1 3 1 3 1 7 1 1 1 1 1 1 1 1 9 2 1 1 1 5 1 1 1 1 1 1 1 1 1 1 5 1 3 1 7 1 7 1 o 9 2 1 3 1
a 1 1 u 9 6 2 1 2 4 2 5 3 4 2 3 8 2 5 3 2 2 1 4 3 1 2 2 j 1 7 4 5 1 1 5 5 1 6 1 1 1 1 1 g 3 1 6 2 f 1 1 1 1 l
1 3 2 9 1 1 d 4 9 9 2 8 3 1 3 1 3 1 3 1 1 1 1 1 1 1 2 1 1 4 2 1 2 1 1 1 1 1 3 1 2 1 1 1 1 5 3 4 3 3 3 3 1 6 6
1 5 3 1 1 1 3 7 1 2 3 1 2 1 3 2 3 1 1 1 2 1 2 2 1 1 2 1 a 9 4 2 1 1 1 1 1 1 1 1 1 1 1 4 1 1 2 1 1 1 1o 1 1 5 a
5 c 1 4 1 1 3 5 1 c 1u a x 2 1 5 1 1 5 4n 3 3 1 1 5 1 1 1 1 4 1 2 1 1 1 1 14 3 2 1 2 1 2 1 1 1 5 1 1 5 1 1 1 1
1 2 2 5 1 2 1 1 1 1 14 m 1 1 h 1 1 m 4 5 1i 10 1 5 4 3 l 1 3 1 1 1 1 5 1 4 14 f 2 p 1 3 n 1 1 3 7 2 1 1 2 1 14
1 4 1 b p 2 1 1 4 2 h 2 3 q s 16 2 q 8 i k e a 5 a f 1 1 2 1 1 1 1 2 2 2 1 2 1 2 6 2 1 g 1 c 2 3 8 1 9 2 9 2 s
1 5 r 1 1 2 1 1 b 1 1 8 2 5 c 2 1 1b 5 1 1 7 i 1 1 5 1 1 2 4 3 1 5 3 4 3 e 3 2 4 5 1 2 1 5 6 c 5 2 5 4 1 1 1 1
1 7 3 2 1 6 1 2u 1 1 4 k 8 4 5 1 2 a 5 d e 4 8 3 1k 5 d 1 2 1 1 k 5 1 f 1 1 1 2 3 c 1 z 2 1 9 2 d 3 1 o 1f d 2
2d 7 1 16 g d 2 a 1 c 2 8 b q 1 9 1 e 3 t 2 1z c c 2 3 4 2 3 6 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 2 2 1 1 1 1 1 1 1 1 1 1 2 2 2 1 1 3 1 1 2 1 1 1 1 4 2 2 2 2 1 1 3 1 1 2 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 z t w 1g 1o 5s 1 1 2 1 3 1 1 1 1 2 2 1 2 4 4 2 1 1 1 2
1 4 4 1 2 1 3 2 1 4 1 4 1 3 4 1 4 3 2 2 1 1 7 1 4 3 9 1 1 1 1 1 1 1 1 1 2 1 1 1 d 4 1 1 1 1 2 2 4 1 2 1 1 1 1
1 1 1 1 1 1 1 1 1 3 2 2 6 3 1 1 1 1 1 1 1 1 1 1 1 1 1 3 1 1 1 3 2 3 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 4 1 1 1 5 5
1 1 1 1 1 1 1 1 1 1 1 1 1 6 5 2 1 1 1 1 1 1 1 1 1 1 1 1 1 6 a 1 1 1 1 1 3 b 1 1 1 1 1 1 1 1 1 1 1 1 1 d 1 1 1
1 1 1 1 1 1 1 1 1 1 9 1 1 1 8 1 1 1 1 1 1 1 1 1 1 1 1 1 b 1 1 1 1 1 1 1 1 1 1 1 1 1 4 1 d 1 c 1 c 1 e 5 1 1 1
1 1 1 1 1 1 2 7 1 1 1 1 1 1 r 5 1 2 d 1 p c 5 1 7 b 1 1 3 r 1 1 a 1 5 1 1k 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 3
1e 5 a 1 a 9 1 2 9 a 1 1 3 1x 32 k 1 1 1 c 5 8 1 1 4 1 15 6 24 1t t 3 3 9 4 1 1 1 1 1 1 1 1 1 1 1 1 1 8 1 1 3
3 1 1 3 2 3 3 2 66 1 4v g p 2 9 3 4b 1 5 4 3 65 1v 29 2 1 2 3 1 1 2 1 1 f n 4 3 2 2 1 1 3 8 4 1 1 2 2 1 1 1 2
j k p 3 1 1 2 1 1 1 1 2 3 1 1 1 1 4 9 4 f 3 o 1 1f 4s 3 2q 5a 2 1 1q 4 1 1 1 1 1 1 1 1 6 1 1 1 1 1 1 2 1 1 1 1
1 2 3 2 1 1 1 8 1 1 1 1 1 1 1 1 2 1 2 2 3 2 1 3 1 1 5 4 1 4 3 3 1 1 h 9 14 3 1 3 1 2 1 1 1 8 7 u 11 1 1 1 2 1
1 1 1 1 1 1 1 1 1 1 1 1 1 2 1 3 1 1 1 1 4 3 3 1 1 3 1 1 1 1 1 2 1 1 1 1 1 1 2 1 1 1 1 1 1 1 1 2 1 1 1 1 n 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 4 1 d 4 w 5 4 1 1t 3 3 9 2 1 2 1 1 1 1 1 5 5 2 3 1 1
1 1 1 2 1 6 2 4 k 1 6 2 1 4 5 7 1 n 1 i 1 3 4 7 1 r 1 1 1 1 1 3 e 1 1 1 l 1 5 b 1 11 s o 1 2 3 2 1 1 1 1 3 1 2
1 7 1 1 1 1 1 1 1 5 t 3 3 3 5 4 j 1 1 3 y k 1 1 24 m 1 1 1 1 1 1 1 1 1 b 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 3 d 2 k f m 1 2 c
k 26 2 l 8 4 3 6 3 h 2 4 1 2 3 4 6 3 1 3 i 6 z 7 l b 8 m k 7 1 1u 58 1 5 1 3 1 1 1 w 1 1 17 6 1 2 2 c f 1 8y 1
1j 2 9 1 16 n e 6 1 2 f 3 r 1 1 2 1 7 1 1 1 1 1 1 6 h 3 1 1 1 1 1 1 1 2 1 5 1 d 1 1 17 4 6 1 1 1b 5 1 18 10 2
6n 1 1 1 3c 2 r 1 1 2 1 5 4 2 1 1 2 2 4 1 1 2 1 1 1 1 2 2 1 1 1 1 3 3 6 2 1 9 4 2 1 3 1 1 a 8 5 g 1k 6 1 1 1 7
7 1 6 2 3 1 4 4 3 3 3p 2 3 2 7 1 z 4 1 7 1 1 1 1 1 1 2 2 1 1 3 4 4 2 1 1u 1 2 4 2 3 1 1 2 1 1 2 1 1 1 2 3 1 1
1 1 1 1 2 2 3 2 2 2 1 7 1 4 1 1 1 1 1 1 1 3 1 2 1 1 2 1 1 1 1 1 2 2 1 1 1 1 1 2 1 2 2 1 3 1 2 1 1 1 1 1 2 1 d
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 19 1 4 1 1 9 2
1 5 1 h 1 6 3 2 1 1 l 23 1 1 4 4 4 3 k 9 3 3 1 9 l e 1i 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1u 1 2 1 2 4 1 4 1 w 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 3h 1 1 1 1 1 1 1 1 1 1 1 3x 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 34 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 14l 1yg 3p 1y8 1i 9
cj 1m 10j ag b8 3k k e9 mq u rs cx gq 6 3x 1c 61 dm 1q 10y 1rq 10n mo 10 6 12 b 12 q 2u pk 76 rh 2n 7m 5w 83
38 4h 3w c7 k0 lm 1hn 3z 6p y9 8 2 9 1 4 4 a 4 1 1 2 e 1 1 1 1 2 1 2 1 1 1 1 1 1 1 1 1 1 2 1 1 3 1 1 1 1 1 1 1
1 1 1 1 2 1 1 1 1 2 1 1 7j 1i 1 2 6 3 1 n 7 d 2 n 3 1 1 7 f 1 s 1 d 4 c 4 1 1 3 w 2 i 1 8 1 1 1 1 1 1 1 1 1 1
1 1 3 a 1 3 1 b 7 9 1 3 9 1 2 f 3 3 6 3 1 1 1 2 1 1 c 6 1 1 1 1 1 1 1s 1l 8g 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 m h z 9 3o 3 64 3 8 1 1 2 1 5 1 5 1 4 1 2 5 6 2 1 d 1 1 2 1 5 1 1 2 2 1 2 4 4 3 2 3 8 1
3 3 7 1 4 1 3 4 5 8ol 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 5 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 6x1 1 1 1 1 2 d 1 1 1 1 9 1 1 1 1 1 1 1 1 1 12 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 y 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 h 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 3 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 15 1 1 1 1 1 1 1 1 1 1 1 1 t n 1 3 1 1 1 1 1 1 f 1 1 1 1 1
1 9 g o 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 5 1 5 6 d 7 1 1 2 3 1 1 1 2 1 1 1 3 1 4 1 1 1 1 1 1 2 1 2 2 2 1 1 1 2 3 1
3 3 2 1 3 2 7 3i 5 5 7o 3x 8 1 1 1 7 6a 3 1 1 3 3 3 2 2 1 1 1 4 5 1 1 1 2 6 2 3 1 1 1 1 1 1 2 n i 3 4 a 3 c 1
7 8 1 3 2 3 5 1 2 4v 2 1a 3 d 4 6 4 1 3 2 4 1 2 h 2 3 1 5 3 2 2b g 4 8 6 1 1 9 1 2 1 1 6 3 f 1 b 3 q 3 2 4 1 8
1 1 103 m 7 ir 2 qn 7g 3 1 g 1 2 82 7n 6 b 6 3 2 t 1y 2 2 2 1 2 2 1 1 1 1 1 1 4 1 1 1 1 2 1 2 1 8 4 2 2 1 1 1
1 b 1 1 4 76 1 1 1 1 1 2t 5a 6 4 4 1 b5 2 1 1 2 2 1 3 2 1 3 3 2 1 3 1 4 1 1 1 1 2 2 2 2 2 7 1 1 1 4 4 3 1 1 1
3 3 3 3 dw 1 1 1 1 2 1 1 6 1 1 1 1 96 34 p2 3pd bv2 1 2 c 4 2 a 2 5 8 5 1 2 2 1 2 1 e 1 jb6 2h 45 4 5 2 2 3 1
1 1 1 1 3 1 1 5 1 8 1 5 6 1 1 1 1 1 4 6 cb 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 2 1 3 3 1 3 1 1 1 2 1 1 1 1 1 1 1 1 1 1 1 2 2 1 1 1 1 1 1 2 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 1 1 1 3
1 1 1 1 1 1 1 2 1 1 1 1 1 1 2 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 1 1 1 2 1 1 1 1 2 4 1 1
1 1 1 1 2 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 3 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 3 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 3bc 1 1 2 1 1 10z 1 1 1 2 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 2 1 2 3 2 1 1 1 1 1 1 1 1 1 2 1 1 1 2 2 7 5 2 2 2 1 1 2 1 2 3 2 2 2 2 2 1 2 3 1 1 1 2 1 1
1 1 1 1 2 1 1 1 2 1 1 1 2 2 1 1 1 1 1 1 1 1 1 2 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 6 1 1 2 1 1 1 1 2 1 1 1 1 1 1
1 1 1 1 1 1 1 1 1 1 g5 1 1 1 1 1 1 1 1 1 1 5 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1v 1 5u 1 1
1 1 1 1 1 1 5m 6 1 rr 1 1 2 3 1 2 a k i i 8 1 7 2 a 3 1 5 vz 1 1 1 1 1 1 1 1 1 73j
`;

export const PROTOTYPES = `
13.13 56.1b.6f4 27 30 30 13 36.32 30 w 2r.mw 2h.mt jt 13 qk 18 1t.1x 1w.mt 3c 27.mw 2p.2t 6pu.mt 33.mw 1w.mt
2s.mt 20.mt 2w.mt 2x 30.22 2x.2y 30.53 30.53 24.mw 30.mw 13.32 27.1x 33.2t 2c.mt 38.mt 2u 2q.mt 13.1u 2q.lg
2q.lg 2q 1v.13 1w.mt 13.1w 2s.lg 2v 1y.me 2u.me 1z.13 30 30.mt 23.13 2z.lw 30.mt 26.me 32.mh 27.mt 13.28 34.lw
2a 1e 13.2c 38.lw 2c.mg 13.2h 3d.lw 2i.mt 3e.mt 1f 1e.mt 1h 37 72 30 30.30 x 1w.al 1w.am 2s.am 24.22 24.2y
30.2y 26.22 26.2y 32.2y 1z.mt 2v.mt 1w.2i 1w.3e 2s.3e 1f 1k 1k 2i.me 3e.me 2r.mw 2c.mw 1r 2d.mt 1x.mw 2t.mw
22.mt 2y.mt 36.mt 2h.mt 3d.mt 2p 2q.lw 2s.mg 2s.lw d9 d9.ke x3n 2v.lw 2v 3d 2w.lw 2x.mt 2x 2x 30.ms 30.mg
30.f1 3b 36.32.me 32.mg 33.mt 33.5qf 36.mh 36.mg 37.mg 39 3d 3e.mg f1 1r 35.lw 2s.3e 2s.f1 2s.i9 38.37 38.hv
38.gl 2u.97 30.37 30.3e 4xg 13 13.13 13 13 13 13 121 1o 1q 2m 2m 13 13 13 1m 121 19 jr 1v5 4w 2x 3i 13.13 4xf
4xh jl 13.13 13 13.13 1m kq lg li 19s li.lj le lv 18w mp me mg me mt mw me lf mg mr nk lj lm li 8s5 jz t4 5qm
2x gk x1b 22 13 1t 1u 1x 2i 20 27.mt 30 23 g5 25 26 27 28 bt 2c 2h 2g 2p 67 3d 61r x3n 32.mh 27.mt 2x 8o 3a 33
34 33 5qz 39 hk 67 27.mt 2h hk qo qq 1y 1e bs 8o 34 2r 2y 27.mt x3n 66 72 1v 25 au x1a x3m 2b 30 22 1t 2q.lg
1u pf 1x 1f 23 g5 25 20 27 ps 28 1v 2c 2h py 2g 2q.30 2q 30.27 2p 1i ih 36 2t gs 5qm 8o i5 ik 33 qo 34 2r 5qz
3d hk 3c jt.2q at.2x at 5qx x3n 37 2x 2y 2w.mt 3b 2q.mt 2q.mt q0 qw 27.mt 33.mt 2e 3a v4.w6.w7 3b.w6.w7 st.me
u1.me 2q.mt 2q.mt pf.13 36.13 pf.mt 36.mt t2.mh ty.mh 1f.me gs.me 23.mh 8o.mh 23.mt 8o.mt 20.mh ik.mh 1v.me
2r.me 2c.mh 5qz.mh 2h 3d 2h.mt 3d.mt 2g.mh 2w 2t xo.mg 2t.mg 30 g5.me u3.me 20.me ik.me 20.me ik.me xi xj
25.me i5.me 2x 1t.1x 2p.2t b3 d9 1f f1 27.mt 33.mt 2s dy 1z gy b4 x3n 35 2f 3b 3ou 3k6 3s3 3mp 2d 2b py 27 13
13 3b 35 35 61r 2w fr 32 hc 32 39 2v 2u 33 12d.136 1m ld ld 13u 13t 13q 13s lm mb lj lj 30 lj lj 1m lj mb 30
3a 13 30 33 30.30 30.13 13.13 13 13.13 56.1b.6f4.6f4 56.1b.6f4.6f4.6f4 18 189 ld lv 18w 30 18p.1cr 183.1cr
18p.le 18p.1cr 33 18p ln ld lv lm lf mh lu li lg li le mb lw 191 1a 30 33 2e g5 56.1b.6f4 18 170 16 18p 1b5
30.19w 30.191 30.19w 18o.19w 18o.lv.19w 18p.19w 18p.179 18p.1cr 17x.190 17x.1cr 17z.179 1ai.179 17z.1cr
181.179 181.li 181.1cr 185.1cr 187.1cr 1b5.1cr 18h 1b5.1cr 18j 18j 18j.1cr 1bj.1cr 18k.li 18k.1cr 18p 18p.179
18p.1cr 33 33 17t 18o.li 18o.lv 18o.19s 18o.le 18o.1cr 18p 18p.li 1a3 18p.1cr 18p 19 33 lm li.lj lj 17z.le
181.le 1a 30 19e 19f 19g 33 19i 2e g5 19l 17l.nc 18l.nc 33.le 1a 1a 1m 1m lj lj 1fg ld 17s.1cr 18p.li 1bg
18j.1cr 1g4 18m.179 18m.li 181.190 1av.179 17x.190 183.le 27 30 lg lj le lk 13 13 2n 17s.190 1b6.1cr 18l.1cr
18p.190 1g4 17z.mc.mb 185.mc.mb 1bj 18o 182.le 17s.1cy 18p.1cr.1cy 181.li.lj 18p.li.lj 1b5 1b5 18p 18s 18s lj
lk mb mc ln 18s 18t lv nk no np nk nm li.lj lj 1m 1s5.1ty 1s5.1tq 1tc.1u5.1s7 1sf.1tx 1sf.1ty 1sf.1tz 1s5.1u1
1s5.1tq.1ty 1s5.1tq.1tz 1s5.1tq.1u0 mb mp lc ld 1us.1us 33 19l 1r li.lj 1vp.1xa mb 1vv.1xf 1vv.1xf 27 1k 1l lj
1vn 1z9.20u 22a.20v 22a.20w 22b.20x 22b.20y 22a.213 1z9.214 1z9.218 mb 1ty 1u5 33 1l 1k li.lj lj 1m 22t.24e
22t.24l 22t.24n 22t.24o 22t.24e.24l 22t.24e.24n 22t.24e.24o mb 1tp 1tt 1tu 1u5 33 1uw 1ux 1uy 1v2 1v4 li.lj 1k
26d.27y 27 mb 27 1l lm 2a1.2b7 2a8 2a0 2a0 2ax lj 2b7 33 2ad 2a1 2ai 2a0.2bl 2ai.2bl 2a6 29x 2b3 2ai.2bm
2b2.2bk 2cz 2a6.2b9 2bb 2aw.2bk li.lj 33 1vn 2du.2fp 2du.2fg 2eo.14s 2e9.mb 2ef.14s 2ek.mb 2et.2f5 2et.mb
2et.2f2 2f5.2f2 2f7.2f2 2dn.2f2 2do.2f2 33 li.lj 33 1vn 2dh 2di 2dj 2du 2du.2fp 2du.2fg 2e4 2e6 2eb 2en 2ep
2eq 2h8.2im 33 2g7 2g8 2gf li.lj 33 1vn 2kn.2mv 2a1 2a1.2mv 2lk.2m9 2ku.2me 2ky.2m6 2ky.2mv 2lk.2m9 2a8 33 2ar
2ls 2b8 2ba 2an.2bj 2bj 2bj 2m9 2m9 2me.2me 1v5 2lk.2ml.2lq 33.2ls.33 2la 33 2ls.2ml 2li.2ml.2ls 2lk.2ml.2lk
1l 2lx.2ml.2ls 2lk.2ml 2m1.2ml.2lq 2lk.2m9 2lk.2ml 2ls.2ml 33 1vn 2qw.2q7 2oy 2pb 2qw.2qb 2rm 2ru 2ry 2ro 2ro
2s1 2rq 2sg lm.2sy 2tc.2tc 2sy lm 33 2rs 2si 2sa 2sb 2sd 2se 2sf lm.2wi 2t4 2t5 2tk 2tl 2tm 2tn lm 33 2wb.2vt
2wb.2w1 31k.324.326 31c.31w.32a.327 31c.31w.32a.2z8 2yz 2z1.2z1 2ze.2ze 2zh.2zh 2ze.2zh md 31e 33m.31t.328
33n.31t.328 2zh.2ze ggg ggd 35u.370 33.370 33 36d.370 36m.37g 36m.37g.375.370.37e lm 1vn 33 37u.37u 37l
36d.37i 36d.370.37i 35v.37i 399.37i 35u.37i 39f.lm x3a 3d f1 33 3cw.3cw 3cz.3cz 3d3.3d3 3d5.3d5 3d8.3d8
3cy.3cw 3cy.3cy 3cy.3cz 3cy.3d3 3cz.3cw 3d1.3cy 3d1.3d1 3d1.3de 3d1.3d7 3d2.3d3 3d2.3d7 3d3.3cw 3d3.3cy
3d3.3cz 3d3.3d5 3d3.3d5.3cw 3d3.3d5.3cz 3d3.3d5.3d3 3d3.3d5.3d5 3d3.3d5.3d8 3d3.3d8 3d3.3da 3d3.3dc 3d3.3dd
3d3.3d7 3d3.3d3.3d7 3d5.3cw 3d5.3cy 3d5.3cz 3d5.3d1 3d5.3d2 3d5.3d3 3d5.3d3.3cw 3d5.3d5.3d5 3d5.3d7 3d5.3d8
3d5.3da 3d5.3db 3d5.3dc 3d5.3dd 3d1.3de 3ek.3ek 3em.3em 3d7.3cw 3d7.3cz 3d7.3d2 3d7.3d3 3d7.3d5 3d7.3eo
3d7.3d7 3d7.3d8 3d7.3da 3d7.3dc 3d7.3dd 3d8.3d7 3f2.3f2 3f4.3f4 3da.3db 3da.3de 3dd.3d3 3dd.3d7 3de.3de
3cw.3cz 3cy.3d5 3cy.3d8 3cy.3de 3cz.3d1 3fl.ffs 3fn.ffs 3fp.ffs 3fr.ffs 3ft.3fl 3ft.3fl.ffs 3ft.ffs 3fy.3fp
3fy.3fp.ffs 3fy.ffs 9oc 9oc.ffs ffs 3fl.3ft 3fl.3fy 3fn.3ft 3fn.3fx 3fp.3ft 3fp.3fy 3fp.9oc 3fr.3ft 3fr.3fy
3ft.3fp 3ft.3fp.ffs 3ft.3fr.ffs 3ft.3ft 3ft.3fy 3fx.3fn 3fx.3fn.ffs 3fx.3fn 3fx.3ft 3fx.ffs 3fy.3fl
3fy.3fl.ffs 3fy.3fp.9oc 3fy.3fr.ffs 3fy.3fy 3g2.3fl 3g2.3fp 3g2.3fp.ffs 3g2.3fr 3g2.3fr.ffs 3g2.3fy 3g2.ffs
9oc.3fy 9oc.9oc 9oc.ffs.3fy ffs.3fl ffs.3fn ffs.3ft ffs.3fy ffs.9oc ffs.3ha 3ha.3fp 3ha.3fy 3ha.ffs 3ha.3ha
3fl.9oc 3fn.3fy 3fr.3fn 3ft.3fn 3ft.3fn.ffs 3cw 3cw.3cw 3cw.3d5 3cy 3cy.3d8 3cy.3de 3cz 3d1 3d1.3cw 3d1.3d2
3d1.3d3 3d1.3d5 3d1.3dc 3d1.3dd 3d1.3de 3d2 3d3 3d3.3d5 3d5 3d5.3d5 3d7 3d8 3da 3db 3dc 3dd 3de 3cw.3d1
3cw.3d5.3cw 3cy.3cw 3cy.3cz 3cy.3d5 3cy.3eo 3cy.3dc 3cz.3cw 3cz.3d1 3d1.3cw.3d5 3d1.3cy 3d1.3cz 3d1.3cz.3de
3d1.3d1 3d1.3d2.3cw 3d1.3d2.3d5 3d1.3d3.3d5 3d1.3d3.3de 3d1.3d3.3d7 3d1.3d5.3d5 3d1.3eo 3d1.3db 3d1.3fd
3d2.3cw 3d2.3d1 3d2.3d3 3d2.3d5 3d2.3d5.3d5 3d2.3eo 3d2.3da 3d2.3de 3d2.3d7 3d3.3d1 3d3.3dd 3d3.3de 3d3.3d7
3d5.3cw 3d5.3cz 3d5.3d1 3d5.3d3 3eo 3d7.3cw 3d7.3cw.3cw 3d7.3d7 3d7.3db 3f0 3d7.3d5 3d7.3eo 3dd.3d3 3dd.3d7
3de.3cy 3de.3d1 3de.3d2 3de.3d3 3fd 3cw.3cy 3cw.3d3 3cw.3da 3cw.3db 3cw.3de 3cy.3cy 2d hc py 11k 12p 27 1w 2a
2c 27.13 2x 8s5 2h 1t 22 1x 1r 8s5 pf 2f 25 20 2h 27.mt bv 1z 2w 2i v4 b4 2d.mt 1g 2q 2a 2f 2b 2e 2b 24 1v 28
23 2s 27.mt 1i 67 2w.lw 1z 1u gy ih 1p pg 53.3y9 3y9.53 53.pg pg.53 53.3yc 3yc.53 53.3yd 3yd.53 53.3ye 3ye.53
53.3yi 3yi.53 53.3yj 3yj.53 53 3y9.3z4 pg.3z4 3yd.3z4 3yi.3z4 2e g5 1q 53.1q 1o 53.2e 2e.53 53.g5 g5.53 53.3zm
3zm.53 53.1q 1q.53 53.3zo 3zo.53 53.1o 1o.53 53.3zt 3zt.53 13 2d 11k 53.40g 53.2d 2d.53 53.11k 11k.53 53.40f
40f.53 53.40g 40g.53 53.40h 40h.53 53.40l 40l.53 53.40m 40m.53 2d.13 11k.13 40g.13 40l.13 28 2s 2q 2q.lj
53.417 417.53 53.28 34.53 53.41a 41a.53 53.2s 2s.53 53.41c 41c.53 53.2q 2q.53 53.2q.lj 2q.lj.53 417.13 28.13
2s.13 2q.13 22 53.421 421.53 53.423 423.53 53.424 424.53 53.22 22.53 53.426 426.53 53.428 428.53 53.429 429.53
pf 24 53.42r 42r.53 53.pf pf.53 53.42u 42u.53 53.42v 42v.53 53.42w 42w.53 53.24 30.53 53.42z 42z.53 1e 53.43k
43k.53 53.43r 43r.53 53.43s 43s.53 3z5 53.443 443.53 53.445 445.53 53.446 446.53 53.447 447.53 53.448 448.53
53.44a 44a.53 53.44b 44b.53 53.44t 44t.53 53.44v 44v.53 53.44w 44w.53 53.44x 44x.53 53.44y 44y.53 53.450
450.53 53.451 451.53 45n.1o 45n.40l 45n.2q 45n.428 53.45s 45s.53 53.45t 45t.53 53.45u 45u.53 53.45v 45v.53
53.45w 45w.53 53.45x 45x.53 53.45y 45y.53 53.1g 1g.53 53.46g 46g.53 53.46h 46h.53 53.46i 46i.53 53.46j 46j.53
53.46l 46l.53 53.46m 46m.53 3zd 3c 53.47g 47g.53 53.47u 47u.53 53.487 487.53 61r 20 3c 47k.418 47k.28 47k.41a
47k.2s 47k.41c 47k.2q 47k.2q.lj 47k.41v 2a 49h.422 49h.423 49h.424 49h.22 49h.426 49h.428 49h.429 2q 1y 6k2
x6j 8rz 1t 1w 1w v4 25 1u 428 421 443 44a 477 47a 47e c1 q1 c1 q1 2g 3c 47k.417 49h.421 49i.423 49i.424 49i.22
49i.426 49i.428 49i.429 49z.53 4a0.53 4a1.53 4a2.53 4a3.53 4a4.53 4a5.53 w 1o 2g 30 4hp 13 23 25 q0 4ho 53 1m
17 py 1b 4o2 2t0 2t1 2t2 2t3 lm 2tk lm 2sv 2u2 2tr 2u3 1m 1m 4s5 4t8 53.4vl 53.4vo 53.4vs 53.4w0 53.43m 43m.53
53.43n 43n.53 53.43o 43o.53 53.43p 43p.53 53.477 53.47a 53.47b 53.47c 53.47d 53.47f 4xh 4wv.3z2 3z2.4wv 477.53
47y.53 486.53 48b.53 492.53 49j.53 v4.53 4c4.53 4d7.53 526 52p 56t 56t 59k.59k 59m.59k 1cr mg 5cd 5ch 5d4 5e8
5em.5em 5kr.5kr 5mm.5mm le lg 13.13 mj mm ml lq mh mb mc ly 2r gs 8o i5 33 gk 33 d9.33 39 3a 3b 3e bs 36 i4 qo
5qw u3 4wm 56 39.2t 2u.ms 36.32.ms 32.ms 36.ms hq.ms 37.ms 38.ms 3e.ms 5ro 2x.mt 2x.mt 34.mt 39.mt i2.mt 2v 3d
gb 5sb 5sd 4wk 4ee 92k 61v 2u 3d 13 13 3i 13 w w w w w w w w w 19 19 19 19 9oc 9oc 30.30 13 13 18 13 13.13
13.13 13.13 53 1a 1a.1a 1a.1a.1a 53 w 56.1b.6f4.6f4 56.1b.6f4.6f4.6f4 13 13.13 13.13.13 13 13.13 13.13.13 1o
1q x.x jt 1b 19 1b 1r.1r 1r.x x.1r 16 56.1b.6f4 3i 13.13.13.13 1m 8yf 8xu w 56 x2o 1v.6i3 4j 36.32.mw 2a.37
2f.mt 2s.mt.mp x3m 23.mt 2c.6i3 30.38 11w 1cr 2p.1b.2r 2p.1b.37 1v 4w.1v 2r.1b.33 2r.1b.39 b4 tp 4w.1y 2v 20
20 20 2w 2w.mt 30 30 24 30 26 26.33 28 29 2a 2a 2a 2c.1x.24 2i c1 2i hr 1u 1v 2t 2t 1x 1y 25 33 15c 15d 15e
15f 2x 1y.1t.2g qo 3d pf ps bt wko wl2 20hs 1w 2s 2t 2x 2y 30 30.30 30.30.30 30.2e 2e 2e.30 2e.30.30
2e.30.30.30 30.2g 2g 2g.30 2g.30.30 24 1v 1w 25 2x 2x.2x 2x.2x.2x 2x.3a 3a 3a.2x 3a.2x.2x 3a.2x.2x.2x 2x.3c 3c
3c.2x 3c.2x.2x 30 2r 2s 36.32 au gk 4i7 4iw 6nm 2q6m 4ii 4i8 8rz b2 pg ps bt 19 17.lj 1b 2k 16 4w 53 33.33 30
30.30 3a 11k 2d hv hv.hv hv.hv.hv 6r2.6r2 6r2.6r2.6r2 1m 19.lj 3i 1p.lj 1p.lj.mb 1p.lm 1p.le 1p.li 1p.ob 6sh
1o.1o 1q.1q 40l 40g 1f3c 27.mt ig 27.mt 2c wk5 6qv 3a 11k 2d 4ik 53 4im 1o.53 53.1q 1o.1o.1o 1q.1q.1q 8yf
53.53.53 x3n 1x 6px 6xw 9j0 pg.mq 4ik.mq 4w.mq 6u3 2c.lk 6pz.lk 6va.lk 4w.lk 17t 3i.lk 3zp 6pz.ms 27.mt 2x 34
qx 2p.mq x3n.mq 2x.mq qx.mq 2p 4hp ffs ffs ffs ffs ffs ffs 6z9 6z2 6yz 6zx 6f5.6f4 73v 30 7jy 2k.2k 7sw 7sx
7sy 7sz 7t0 7t1 7t2 7t3 7t4 7t5 14.30.15 14.1e.15 14.1f.15 14.1g.15 14.1h.15 14.1i.15 14.1j.15 14.1k.15
14.1l.15 14.30.27.15 14.30.30.15 14.30.1e.15 14.30.1f.15 14.30.1g.15 14.30.1h.15 14.30.1i.15 14.30.1j.15
14.30.1k.15 14.30.1l.15 14.1e.27.15 30.1a 1e.1a 1f.1a 1g.1a 1h.1a 1i.1a 1j.1a 1k.1a 1l.1a 30.27.1a 30.30.1a
30.1e.1a 30.1f.1a 30.1g.1a 30.1h.1a 30.1i.1a 30.1j.1a 30.1k.1a 30.1l.1a 1e.27.1a 14.2p.15 14.2q.15 14.2r.15
14.2s.15 14.2t.15 14.2u.15 14.2v.15 14.2w.15 14.2x.15 14.2y.15 14.2z.15 14.30.15 14.36.32.15 14.32.15 14.33.15
14.34.15 14.35.15 14.36.15 14.37.15 14.38.15 14.39.15 14.3a.15 14.3b.15 14.3c.15 14.3d.15 14.3e.15 4p 6jb 4u
79a 2q6l 9oc 9oc 7b6 7bg 7bw 1b 2g 6q6 7f0 jt 7fa 7fc 6q6 739 pg 6ur 7g6 7g6 1f3w 6uq 4ik 4ik 4w 6ym 6xe 4w ig
7fl 1ggu 8ty 70o 6rz 4ik 2jx4.2jxh 2jx4.2jxh.2jxq 1v4 14 15 1o 1q 14 15 3f 3h 17 19 6v wk5 2k.40l 40g.1b 1b 2k
2c 7sc 7sd 3c 3c 4i8.4ii 6o3.6o2 4i8.6o2 6o3.4ii 8xu 6yx 6ym 9j0 6yq 6yj 1f40 87u 1m.6mq 2k 1b.lg 1b 2k ig
1f3c 6tz 6tp 6tq 6tv 6tw hv.hv.hv.hv 4im 1q.1q 4ii 17.lm 17.le 17.lf 17.mb 17.mo 17.6f6 19.lv 19.mb 3c 3c.lj
6xl 8bj 6q8 3i.lj 1p.6i8 1m.1m.1p 1p.1p 1p.1p.1p 1q.1o 4b9 4b6 40g.40l 1b.1b.1b 1b.1b 6n2 6n3 6n4 6n5 20.mh
23.mh pf 36 pg x3m x3n 20 30 23 8o qj 25 26 27 33 ps 28 34 1v 2r 2c 2h py hk 2g qv q0 qx 1o.53 19 tk ug 1b 1l
1f f1 24 in 1i rw rb 7jb 2k.2k 27.mt g5 2e 1x b2 27.mw 53.53.53 bt 30 x 27 29 ig 2g pg 4j3 5wf lm o8 of o3 o4
19.lk 3i.lj 3i.mb 40l 40g 14.14 15.15 6r9 6r8 6rb 17j 4w 53 170 17f 61r 8xu 52 1p fh7 fh6 fjv g76 aim g1s i77
i76 ik3 inu itt ix0 b96 jf0 jzp k4h l8a lal lch ldh ldm m7g mjv ffw mnh p5e ny3 oop p5f p5e paa pds prt prt
prt qj2 qxw r5s r5r r7l rkw rvh sbq sdy sdy tnh tc5 tiv tiw tj3 tm0 tnh tw2 u06 u45 u6m u72 u73 u74 uar ui4
unw uws vc6 vd0 k21 vgw l7z vi7 o9o vix fi8 vj3 9oc ffs 2k 1b fh5 fid fik fj4 fju g1r g2t g2z g3m g46 g4r g68
g6t g74 gbf ge1 get gey gfs gg1 ggs gh5 ghu gja gjs gkj gkj h7j h7j hky hl6 hlh hlz ho3 i1c i2o i60 i6n i76
i7s i9a i9d ijf ijp ik1 ike inm inu inz ir8 iri irv is3 its iu9 iur iwz jd4 jee jez jzj jzo k1z k2f k2s k3d
k4g k4l kc0 kco kdk l5s l7m l89 l9v laj las laz lcf lck ldg m7f mju mk6 mkb mkf mkn ml5 ml7 mng mtg mtl n30
n3a n4o n4v n54 n5c n7v n82 nee nel nfy ngf nhq nob noi noz ny2 o1k o1q o6s o97 oah okz ooo p4m p5d p6y p8d
pa9 pak paq pbn pdr pe1 pnn pnu po3 poc pos pp7 ppb pri prm prs qj1 qjv qww qx8 qxv r5q r63 r82 r9c rp3 rpi
rpx rqw rrx rxg rxs rzn s6j s7e sd7 sds sdx sk1 sp5 ssm sss ssx tiv tj4 tng trq trt tt4 tw1 twe twi twp tzf
u0d u0j u0x u5k u6z u73 uc6 uc9 ucs ujs ul4 ulb un9 unj unm unw uoq uzp vat vb3 vc5 vcr vcz vd9 vdd veh vel
vf2 vf7 vfk vgb vgq vgy vil vj0 vj4 kz 13.13 27 7sc 7sd 6go 14 15 7vq 7vr ll md 1b 6go gg1 gg4 gg5 7sc lm 1ehq
1ehr 1p fjv ijp gbf hlh ggs fik 1b g2z 9ko gkj 53 3cw 3cw.3cw 3cw.3d5 3cy 3cy.3d8 3cy.3de 3cz 3cz.3cz 3d1
3d1.3cw 3d1.3d2 3d1.3d3 3d1.3d5 3d1.3dc 3d1.3dd 3d1.3de 3d2 3d3 3d3.3d3 3d3.3d5 3d5 3d5.3d5 3d7 3d8 3d8.3d8
3da 3db 3dc 3dd 3de 3fl 3fl.ffs 3fn 3fn.ffs 3fp 3fp.ffs 3fr 3fr.ffs 3ft 3ft.3fl 3ft.3fl.ffs 3ft.ffs 3fx 3fy
3fy.3fp 3fy.3fp.ffs 3fy.ffs 3g2 9oc 9oc.ffs ffs 3cy.3cy 3cy.3cz 3cy.3d5 3cy.3eo 3d1.3cw.3d5 3d1.3cz
3d1.3d3.3d5 3d1.3eo 3d1.3fd 3d2.3d3 3d2.3d5 3d2.3eo 3d2.3d7 3d3.3cw 3d3.3cz 3d3.3d5.3cw 3d3.3d5.3cz 3d3.3d8
3d3.3dc 3d3.3d7 3d3.3d3.3d7 3d5.3cw 3d5.3cy 3d5.3cz 3d5.3d3 3d5.3d8 3eo 3d7.3d7 3f0 3d7.3d5 3d7.3eo 3dd.3d7
3de.3de 3fd 3fx.3fn 3fx.3fn.ffs 3fx.ffs 3g2.3fr 3g2.3fr.ffs 3g2.ffs 3ha 3ha.ffs 9oc ffs 1b 2k fh7 fid 7sc fh6
fh5 14.3cw.15 14.3cy.15 14.3cz.15 14.3d1.15 14.3d2.15 14.3d3.15 14.3d5.15 14.3d7.15 14.3d8.15 14.3da.15
14.3db.15 14.3dc.15 14.3dd.15 14.3de.15 14.xz4.15 14.yvs.15 14.zc4.15 14.108s.15 14.10p4.15 14.115g.15
14.1224.15 14.12ys.15 14.13f4.15 14.14bs.15 14.14s4.15 14.158g.15 14.15os.15 14.1654.15 14.13p8.15
14.1350.13ic.15 14.1350.16f8.15 14.9oc.15 14.fik.15 14.fex.15 14.h5n.15 14.fis.15 14.g31.15 14.fer.15
14.g2z.15 14.fh9.15 14.gg1.15 14.kco.15 14.m7f.15 14.ldg.15 14.kdk.15 14.ssx.15 14.h7j.15 14.k4l.15 14.kkq.15
14.kcp.15 14.ny6.15 14.glp.15 14.mm1.15 14.rs1.15 14.nz1.15 14.gc4.15 14.fkz.15 14.gos.15 14.i1y.15 14.nhf.15
14.flt.15 14.rt3.15 14.ggk.15 14.nzh.15 14.fm9.15 14.pnu.15 14.po3.15 30.kco 1e.kco 1f.kco 1g.kco 1h.kco
1i.kco 1j.kco 1k.kco 1l.kco 30.27.kco 30.30.kco 30.1e.kco 27.m9l 30.m9l 1e.m9l 1f.m9l 1g.m9l 1h.m9l 1i.m9l
1j.m9l 1k.m9l 1l.m9l 30.27.m9l 30.30.m9l 30.1e.m9l 30.1f.m9l 30.1g.m9l 30.1h.m9l 30.1i.m9l 30.1j.m9l 30.1k.m9l
30.1l.m9l 1e.27.m9l 1e.30.m9l 1e.1e.m9l 1e.1f.m9l 1e.1g.m9l 30.k4l 1e.k4l 1f.k4l 1g.k4l 1h.k4l 1i.k4l 1j.k4l
1k.k4l 1l.k4l 30.27.k4l 30.30.k4l 30.1e.k4l 30.1f.k4l 30.1g.k4l 30.1h.k4l 30.1i.k4l 30.1j.k4l 30.1k.k4l
30.1l.k4l 1e.27.k4l 1e.30.k4l 1e.1e.k4l 1e.1f.k4l 1e.1g.k4l 1e.1h.k4l 1e.1i.k4l 1e.1j.k4l 1e.1k.k4l 1e.1l.k4l
1f.27.k4l 1f.30.k4l app ako bp7 9oc 2k 1b fp1 ftw gur gkj hgh h7j hij hwv ild bp6 jee bi9 cov k7u bmi dhf kfi
bs3 kv1 lu0 npw or9 kcs kcw kcv bp1 kcz kd4 ph8 kdf q6l qif dyu ram rk6 rq4 ry7 s11 s5z s8v slq t65 trr v9e
vdd cop w5p vr4 vnu wgo vua vo0 wci wcf w4x w2h wbv wc5 1u 28 2s 1w 2c 1z 23 22 1v au 2i 1y 6k2 25 26 24 2b 2a
g5 2e 20 2f 2g 2h 4f4 1t 8rz 1x b2 30 27 2d 11k 4bl 1a 18 1a.1a 1a.18 1m 19.1a 1p 1a 1e bs 2x qx tm.30
jt.2q.2x ig 6i1 li jr 2w.lw 27.27 33.33 1f3c t4 4hl 8s5 ip g5 ps 2e 1r 1e le lg wz7.wz7 kr kq 2c.1f 38.f1 37
1t.1t 2p.2p 1t.27 2p.33 1t.2d 2p.39 1t.2e 2p.3a 1t.2e 2p.3a 1t.2h 2p.3d 23.mt 27.mt 33.mt 27.27 33.33 1e 3b.me
1f f1 1l 38.2u 12 x2x 1m 13 53 x0n 1y 2u 1fde 1fei ii wkk 39 1f wk5 22 2g 1u 67 wuk qx 9oc 1us 3cz.3d2 3cz.3d3
3cz.3d5 3cz.3d8 3d1.3cw 3d1.3cw.3cw 3d1.3cz 3d1.3cz.3cz 3d1.3d2 3d1.3d3 3d1.3d3.3d3 3d1.3d3.3d7 3d1.3d5
3d1.3d8 3d1.3db 3d2.3cw 3d2.3cz 3d2.3d5 3d3.3d5.3dc 3d3.3db 3d3.3de 3d5.3d5.3d3 3d7.3d1 3d7.3de 3d8.3d8.3de
3dc.3dc 3dd.3de 3de.3d5 3fd.3fd 8qn xi5 xjk 19e xkx xlv 2t 2u 33 33.mw gk.mw d9.33.mw d9.33.mt 36 36 hv 39 39
qv qv 3d ux gk.2t 39.33 5qd hs 5qz 33.m3 2x 5q8 5qi 5qf g2 8s6 36 3b i5 ik 33.mt gy 3e x3n 39.mt at hs 3a 37
in 2r 5qw 8o 33.mt 3ft.3fr 3ft.3ft.ffs 3fx.3fl 3fx.3fl.ffs 3fx.3fp 3fy.3fr 3fy.ffs.ffs 3g2.3fl.ffs 3g2.3ft
9oc.3fl 9oc.3fp 9oc.3fp.ffs 9oc.3ft ffs.3fn.3ft ffs.3fn.ffs ffs.3fr ffs.3fr.ffs ffs.3ft.ffs ffs.3fx ffs.3g2
ffs.ffs 3ha.3fl 3ha.3fp.ffs 3cy.3d1 3cy.3da 3cz.3cz 3cz.3cz.3d3 3cz.3d3 3cz.3d5 3cz.3d5.3cw 3cz.3d8 3cz.3da
3cz.3dc 3d1.3cw.3cw 3d1.3cw.3de 3d1.3d1.3db 3d1.3d2.3de 3d1.3d3.3cz 3d1.3d3.3dd 3d1.3f0 3d1.3fd.3de 3d1.3d7
3d2.3cy 3d2.3cy.3cy 3d2.3d2 3d2.3d3.3d5 3d2.3d8 3d3.3cz 3d3.3d1.3dd 3d3.3d2 3d3.3d3 3d3.3d5.3cz 3d3.3d8
3d3.3da 3d5.3d2 3d5.3d3.3d7 3d5.3d5.3cw 3d5.3d5.3cz 3d5.3eo 3d5.3d8 3d5.3da 3d5.3dc 3d1.3de 3eo.3d3
3eo.3d3.3d7 3f0.3d2 3f0.3de 3d8.3d3 3d8.3d3.3d3 3d8.3d8 3dd.3d5 3dd.3dc 2u.2u 2u.2x 2u.30 2u.2u.2x 2u.2u.30
37.38 12s.12u 12s.12d 12s.12j 132.12u 12s.12l 15u 15c 15f 15g 15n 15o 15p 160 162 19.lj 15c.15o 19t 19t 1a3
1a3 1a3 1a3 18p.1cr 18p.1cr 18p.1cr 18p.1cr 1a8 1a8 1a8 1a8 1a2 1a2 1a2 1a2 1a7 1a7 1a7 1a7 18p.179 18p.179
18p.179 18p.179 1b5.1cr 1b5.1cr 1b5.1cr 1b5.1cr 1ba 1ba 1ba 1ba 1ac 1ac 1ac 1ac 1ab 1ab 1ab 1ab 1ae 1ae 1ae
1ae 1af 1af 1af 1af 1al 1al 1ak 1ak 17z.1cr 17z.1cr 17z.179 17z.179 181.1cr 181.1cr 181.179 181.179 18j 18j
18j 18j 1bj 1bj 1bj 1bj 1bn 1bn 1bn 1bn 1bl 1bl 1bl 1bl 18p 18p 18p.179 18p.179 18p.179 18p.179 1c0 1c0 33 33
33 33 33 33 33 33 18p 18p 1cj 1cj 18j.1cr 18j.1cr 18j.1cr 18j.1cr 18o.lv 18o.lv 18o.li 18o.li 18o.19s 18o.19s
18o.lv.19w 18o.1cr 18o.1cr 1c5 1c5 18o.le 18o.le 1a3 1a3 1a3 1a3 18p 18p 18p.19w.30 18p.19w.30 18p.19w.33
18p.19w.33 18p.19w.18o 18p.19w.18o 18p.19w.18o.lv 18p.19w.18o.lv 18p.19w.18o.li 18p.19w.18o.li 18p.19w.18o.19s
18p.19w.18o.19s 18p.19w.1a3 18p.19w.1a3 18p.19w.1a3 18p.19w.18p 18p.19w.18p 18p.19w.18p 18p 18p 18p 18p
18p.19w.17w 18p.19w.17x 18p.19w.18l 18p.19w.18p 18p.19w.18p 17s.17w 17s.17x 17s.17y 17s.18l 17s.18p 17s.18p
17u.17w 17u.17x 17u.17y 17u.18l 17u.18p 17u.18p 18p.1cr.17w 18p.1cr.18l 18p.1cr.18p 18p.1cr.18p 17w.17x
17w.18l 17x.17w 17x.18l 17y.17w 17y.17x 17y.18l 183.17w 183.17x 183.17y 183.18l 185.17x 185.18l 186.17w
186.17x 186.17y 186.18l 187.17x 187.18l 188.18l 189.17w 189.18l 18a.17w 18a.18l 18h.17w 18h.17x 18h.17y
18h.18l 18h.18p 18h.18p 18i.17x 18i.18l 18i.18p 18i.18p 18j.30 18j.17w 18j.17x 18j.17y 18j.18k 18j.18l 18j.18p
18j.18p 18k.17w 18k.17x 18k.17y 18k.18l 18k.18p 18k.18p 18l.17w 18l.17x 18l.17y 18l.18l 18l.18p 18l.18p
17s.17y 18m.17x 18m.17y 18m.18l 18m.18p 18m.18p 33.17w 33.18l 33.18p 33.18p 18p.17w 18p.17x 18p.17y 18p.18l
18p.18p 18p.18p 180.19s 181.19s 18p.19s 1e9e.18x 1e9g.18x 1e9i.18x 1e9k.18x 1e9m.18x 1e9o.19s 18p.19w.181
18p.19w.182 18p.19w.18l 18p.19w.18m 18p.19w.18p 18p.19w.18p 17s.181 17s.182 17s.18l 17s.18m 17s.18p 17s.18p
17u.181 17u.182 17u.18l 17u.18m 17u.18p 17u.18p 18p.1cr.181 18p.1cr.182 18p.1cr.18l 18p.1cr.18m 18p.1cr.18p
18p.1cr.18p 18h.18p 18h.18p 18i.18p 18i.18p 18j.30 18j.18k 18j.18l 18j.18p 18j.18p 18k.18l 18k.18p 18k.18p
18l.30 18l.18l 18m.181 18m.182 18m.18l 18m.18m 18m.18p 18m.18p 18p.19s 18p.181 18p.182 18p.18l 18p.18m 18p.18p
18p.18p 18p.19w.17w 18p.19w.17x 18p.19w.17y 18p.19w.18l 18p.19w.33 17s.17w 17s.17x 17s.17y 17s.18l 17s.33
17u.17w 17u.17x 17u.17y 17u.18l 17u.33 18p.1cr.18l 17w.17x 17w.18l 17x.17w 17x.18l 17y.17w 17y.18l 183.17w
183.17x 183.17y 183.18l 185.17x 185.17y 185.18l 186.17w 186.17x 186.17y 186.18l 187.17x 188.18l 189.17w
189.18l 18a.17w 18a.18l 18h.17w 18h.17x 18h.17y 18h.18l 18i.17x 18i.18l 18j.17w 18j.17x 18j.17y 18j.18k
18j.18l 18k.17w 18k.17x 18k.17y 18k.18l 18k.33 18l.17w 18l.17x 18l.17y 18l.18l 17s.17y 18m.17x 18m.17y 18m.18l
18m.33 33.17w 33.18l 33.19s 18p.17w 18p.17x 18p.17y 18p.18l 18p.33 18p.19w.18l 18p.19w.33 17s.18l 17s.33
17u.18l 17u.33 18p.1cr.18l 18p.1cr.33 183.18l 183.33 183.1cr.18l 183.1cr.33 18j.18k 18j.18l 18k.18l 18m.18l
18m.33 18p.18l 18p.33 1e9j.18x 1e9l.18x 1e9n.18x 187.18p 187.18p 189.18p 189.18p 18a.18p 18a.18p 183.18p
183.18p 183.1cr.18p 183.1cr.18p 17x.18p 17x.18p 17w.18p 17w.18p 17y.18p 17y.18p 185.18p 185.18p 186.18p
186.18p 183.1cr.17w 183.1cr.17x 183.1cr.17y 183.1cr.18l 183.1cr.181 183.181 185.181 186.181 187.18p 187.18p
189.18p 189.18p 18a.18p 18a.18p 183.18p 183.18p 183.1cr.18p 183.1cr.18p 17x.18p 17x.18p 17w.18p 17w.18p
17y.18p 17y.18p 185.18p 185.18p 186.18p 186.18p 183.1cr.17w 183.1cr.17x 183.1cr.17y 183.1cr.18l 183.1cr.181
183.181 185.181 186.181 183.1cr.17w 183.1cr.17x 183.1cr.17y 183.1cr.18l 183.33 183.1cr.33 187.18l 183.17w
183.17x 183.17y 183.1cr.17w 183.1cr.17x 183.1cr.17y 187.18l 188.18l 30.ln 30.ln 14 15 17u.17w.18l 17u.17x.17w
17u.17x.17w 17u.17x.18l 17u.17y.18l 17u.18l.17w 17u.18l.17x 17u.18l.17y 17w.18l.17x 17w.18l.17x 17x.18l.18p
17x.18l.18p 183.17x.17w 183.17w.17x 183.17w.18p 183.18l.17x 183.18l.17x 183.18l.17w 183.18l.18l 183.18l.18l
185.17x.17x 185.17x.17x 185.18l.18l 183.1cr.17x.18l 183.1cr.17x.18l 183.1cr.17w.18p 183.1cr.18l.17y
183.1cr.18l.17y 183.1cr.18l.18l 183.1cr.18l.18l 186.17x.18p 186.17y.18l 186.17y.18l 187.18l.17x 187.18l.17x
187.18l.18l 187.18l.18p 189.17w.18l 189.18l.18l 189.18l.18l 189.18l.18p 18a.18l.18l 18a.18l.18p 18a.18l.18p
18h.17y.18l 18h.17y.18l 18i.18l.17x 18i.18l.18l 18k.17x.18l 18k.17x.18p 18k.17x.18p 18k.17w.17w 18k.17w.17w
18k.17y.18l 18k.17y.18l 18k.18l.17x 18k.18l.17x 18l.17x.17w 18l.17x.18l 18l.17x.18p 18l.17w.17x 18l.17w.18l
18l.17y.17w 18l.17y.18l 18l.17w.17y 33.18l.17w 33.18l.18l 18m.17x.18l 18m.17x.18p 18m.17w.18l 18m.17w.18l
18m.17w.18p 18m.18l.18p 18m.18l.18p 18p.18l.18l 18p.18l.18l 17s.17y.18p 17u.17w.18p 17u.17w.18p 17u.17y.18p
17u.17y.18p 17u.18l.18p 17u.18l.18p 17w.18l.18p 17w.17x.18p 17w.18l.18p 183.17y.18p 185.17x.18p
183.1cr.17x.18p 186.17x.18p 18k.17w.18p 18k.18l.18p 18p.17x.18p 18p.17w.18p 18p.18l.18p 18l.18l.18p
18i.18l.18p 18m.17x.18p 18i.18l.17x 18k.17x.18l 189.18l.18p 18j.18l.18p 18m.17w.17x 18l.17y.18p 18k.17w.18l
18j.18l.18l 18k.17w.18l 18m.17w.17x 17w.17x.18p 17x.17w.18p 18l.17w.18p 18h.18l.18p 17s.17x.18p 18j.18l.18l
189.17w.18l 185.18l.18l 183.17y.18p 18m.17w.18p 185.18k.18p 18i.18k.18p 30.18k.18k.18x.19s.33 30.18j.17s.181
18l.17x.18l.17z 185.18k.189.18l 181.183.18o.18k 189.18k.18p.33 18o.183.18k.18l 185.18k.18p
185.18k.18p.w.30.18k.18k.33.w.189.18k.18p.33.w.18o.183.18k.18l 17w.18k.w.17w.18k.30.18k.33 181.18p.30.18k 8yf
1m 7b6 6x3 730 731 732 733 734 735 jt jt jt jt 2n 2n 2n 19 2k 17l 17m 17m 30.19w 30.19w 18o.19w 18o.19w 30.191
30.191 18p.19w 18p.19w 18p.19w 18p.19w 30 30 17s 17s 17s 17s 17t 17t 17u 17u 17u 17u 18p.1cr 18p.1cr 18p.1cr
18p.1cr 17w 17w 17w 17w 17x 17x 17x 17x 17y 17y 17y 17y 17z 17z 180 180 181 181 182 182 183 183 183 183
183.1cr 183.1cr 183.1cr 183.1cr 185 185 185 185 186 186 186 186 187 187 187 187 188 188 188 188 189 189 189
189 18a 18a 18a 18a 18h 18h 18h 18h 18i 18i 18i 18i 18j 18j 18j 18j 18k 18k 18k 18k 18l 18l 18l 18l 18m 18m
18m 18m 33 33 33 33 18o 18o 18p 18p 18p 18p 18p 18p 18k.17m 18k.17m 18k.30.19w 18k.30.19w 18k.30.191
18k.30.191 18k.30 18k.30 x 13.13 13 9oc 1m 1t 1u 1v 1x 20 30 22 23 25 26 27 28 2b 2c 2g 2h 2i 14 2k 15 1e7z 13
2p 2r 2t 2v 2w 2x 2y 30 33 34 37 3a 3c 3d 7b6 9i4 53 jt 30 7fu 53 26.lm 2g.mt 2e.mt 30.mt.30.mt.2b.mt
30.mt.30.mt 8vc 1u pg 1x 1y 30 g5 2g 27 4ik 28 2b 2c 17 1t 1u 1v pg 1y 27 rc 25 2c 2h py 2g q0 q1 8xs 20 17z
18o 187 185 2i 1u 1v 30 25 rc 2c 2g 1k 16 30 2g 1f9e 1f9v b4 27 wl2 1v 24 8s0 2b au t4 x3n ii 33 2r hj gu in
37 gk 5qm 1fgm g5 2a xv 27 ig 66 sr 2d 4iu q0 1j i4 qj 33 wvd 39 qw 26 27 23 1v 2e 1y 24 2g mb 1a 1gly.1gly
1h2d 1h1e 1v4 1v4 mb 1tm xdo xdn 6rs lm 1ik4.1iki.1ij6 1ik4.1iki.1ijc 1ik4.1iki.1ijn 1ik4.1iki.1ijt
1ik4.1iki.1ijw 1ik4.1iki.1ijy 1ikr.1ikr 1w8 1wa 1wc 1we 1wf 1wh 1wy 1wk 1wl 1wm 1wn 1wo 1wq 1wu 1wv 1ws 1wj
1ww 1x3 1x4 1xa 1xb 1xj 1xz li.lj 1vn 1xp mb 1x9 3b.lj 27 1yf 1yg 1yk 1ite 1ite 1itf 1itg 1iuq 1iur 1iyp.1iyp
36.32 3a 3b 3b 3b 2e 1y 24 2h 1x 6pz 2i 1l 1x 1g 24 27 4ik 2d 1h 2c 3a 37 1y 2x 3e 1j 33 1f 1l x3n 1i 1l 33 39
3d 27 36.32 19l 2i 2f 1v 2g 2f 1v 1jvp.1jvz 1jvp.1jw0 1jvp.1jvp 1jvp.1jvp.1jvz 1jvp.1jvp.1jw0 1jvv.1jvz
1jvv.1jvv 1jvv.1jvv.1jvz 1jw3.1jvz 1jw3.1jw0 1jw3.1jw3 1jw3.1jw3.1jvz 1jw3.1jw3.1jw0 1k5d.1k5d 1k8a 1fa2 1ggu
pf 2e 2c 24 pg wuw wl2 30 b4 2a 2b 1f g5 1q 1t 2d 2h 13 13 3f 1a zi 1f t4 2e 2k 1j 1y 1f3w wl2 2a 8rz 27.mt
6kk wk5 b4 v4 24 wl2 x6j 1o 1q 6tr 6ts 1b 2k 4i3 11k 1t 1u 1v 1w 1x 1y 1z 20 30 22 23 24 25 26 27 28 29 2a 2b
2c 2d 2e 2f 2g 2h 2i 2p 2q 2r 2s 2t 2u 2v 2w 2x 2y 2z 30 36.32 32 33 34 35 36 37 38 39 3a 3b 3c 3d 3e 1t 1u 1v
1w 1x 1y 1z 20 30 22 23 24 25 26 27 28 29 2a 2b 2c 2d 2e 2f 2g 2h 2i 2p 2q 2r 2s 2t 2u 2v 2x 2y 2z 30 36.32 32
33 34 35 36 37 38 39 3a 3b 3c 3d 3e 1t 1u 1v 1w 1x 1y 1z 20 30 22 23 24 25 26 27 28 29 2a 2b 2c 2d 2e 2f 2g 2h
2i 2p 2q 2r 2s 2t 2u 2v 2w 2x 2y 2z 30 36.32 32 33 34 35 36 37 38 39 3a 3b 3c 3d 3e 1t 1v 1w 1z 22 23 26 27 28
29 2b 2c 2d 2e 2f 2g 2h 2i 2p 2q 2r 2s 2u 2w 2x 2y 2z 30 36.32 32 34 35 36 37 38 39 3a 3b 3c 3d 3e 1t 1u 1v 1w
1x 1y 1z 20 30 22 23 24 25 26 27 28 29 2a 2b 2c 2d 2e 2f 2g 2h 2i 2p 2q 2r 2s 2t 2u 2v 2w 2x 2y 2z 30 36.32 32
33 34 35 36 37 38 39 3a 3b 3c 3d 3e 1t 1u 1w 1x 1y 1z 22 23 24 25 26 27 28 29 2b 2c 2d 2e 2f 2g 2h 2p 2q 2r 2s
2t 2u 2v 2w 2x 2y 2z 30 36.32 32 33 34 35 36 37 38 39 3a 3b 3c 3d 3e 1t 1u 1w 1x 1y 1z 30 22 23 24 25 27 2b 2c
2d 2e 2f 2g 2h 2p 2q 2r 2s 2t 2u 2v 2w 2x 2y 2z 30 36.32 32 33 34 35 36 37 38 39 3a 3b 3c 3d 3e 1t 1u 1v 1w 1x
1y 1z 20 30 22 23 24 25 26 27 28 29 2a 2b 2c 2d 2e 2f 2g 2h 2i 2p 2q 2r 2s 2t 2u 2v 2w 2x 2y 2z 30 36.32 32 33
34 35 36 37 38 39 3a 3b 3c 3d 3e 1t 1u 1v 1w 1x 1y 1z 20 30 22 23 24 25 26 27 28 29 2a 2b 2c 2d 2e 2f 2g 2h 2i
2p 2q 2r 2s 2t 2u 2v 2w 2x 2y 2z 30 36.32 32 33 34 35 36 37 38 39 3a 3b 3c 3d 3e 1t 1u 1v 1w 1x 1y 1z 20 30 22
23 24 25 26 27 28 29 2a 2b 2c 2d 2e 2f 2g 2h 2i 2p 2q 2r 2s 2t 2u 2v 2w 2x 2y 2z 30 36.32 32 33 34 35 36 37 38
39 3a 3b 3c 3d 3e 1t 1u 1v 1w 1x 1y 1z 20 30 22 23 24 25 26 27 28 29 2a 2b 2c 2d 2e 2f 2g 2h 2i 2p 2q 2r 2s 2t
2u 2v 2w 2x 2y 2z 30 36.32 32 33 34 35 36 37 38 39 3a 3b 3c 3d 3e 1t 1u 1v 1w 1x 1y 1z 20 30 22 23 24 25 26 27
28 29 2a 2b 2c 2d 2e 2f 2g 2h 2i 2p 2q 2r 2s 2t 2u 2v 2w 2x 2y 2z 30 36.32 32 33 34 35 36 37 38 39 3a 3b 3c 3d
3e 1t 1u 1v 1w 1x 1y 1z 20 30 22 23 24 25 26 27 28 29 2a 2b 2c 2d 2e 2f 2g 2h 2i 2p 2q 2r 2s 2t 2u 2v 2w 2x 2y
2z 30 36.32 32 33 34 35 36 37 38 39 3a 3b 3c 3d 3e 2x fr 1t 1u pf pg 1x 2i 20 27.mt 30 23 g5 25 26 pq 27 ps 28
27.mt bt 2c 2h py 2g q0 q1 6pz 2p 67 3d 61r x3n qe 32.mh 27.mt 2x 8o qj qk 3a qm 33 qo 34 qq 33 5qz 39 hk qv
qw qx 6pu x3n 27.mt 8o hk 34 qo 1t 1u pf pg 1x 2i 20 27.mt 30 23 g5 25 26 pq 27 ps 28 27.mt bt 2c 2h py 2g q0
q1 6pz 2p 67 3d 61r x3n qe 32.mh 27.mt 2x 8o qj qk 3a qm 33 qo 34 qq 33 5qz 39 hk qv qw qx 6pu x3n 27.mt 8o hk
34 qo 1t 1u pf pg 1x 2i 20 27.mt 30 23 g5 25 26 pq 27 ps 28 27.mt bt 2c 2h py 2g q0 q1 6pz 2p 67 3d 61r x3n qe
32.mh 27.mt 2x 8o qj qk 3a qm 33 qo 34 qq 33 5qz 39 hk qv qw qx 6pu x3n 27.mt 8o hk 34 qo 1t 1u pf pg 1x 2i 20
27.mt 30 23 g5 25 26 pq 27 ps 28 27.mt bt 2c 2h py 2g q0 q1 6pz 2p 67 3d 61r x3n qe 32.mh 27.mt 2x 8o qj qk 3a
qm 33 qo 34 qq 33 5qz 39 hk qv qw qx 6pu x3n 27.mt 8o hk 34 qo 1t 1u pf pg 1x 2i 20 27.mt 30 23 g5 25 26 pq 27
ps 28 27.mt bt 2c 2h py 2g q0 q1 6pz 2p 67 3d 61r x3n qe 32.mh 27.mt 2x 8o qj qk 3a qm 33 qo 34 qq 33 5qz 39
hk qv qw qx 6pu x3n 27.mt 8o hk 34 qo 1y rh 27 30 1e 1f 1g 1h 1i 1j 1k 1l 27 30 1e 1f 1g 1h 1i 1j 1k 1l 27 30
1e 1f 1g 1h 1i 1j 1k 1l 27 30 1e 1f 1g 1h 1i 1j 1k 1l 27 30 1e 1f 1g 1h 1i 1j 1k 1l 30 6qo 19f 1k 6pu 6pu.mt
30 17s 17w 17z 18o 182 17x 187 18p 18j 18k 18l 18m 183 189 18h 185 18i 181 183.1cr 17u 18p.1cr 17y 180 186 188
18a 18p 18p 1b5 1b5 17s 17w 33 17x 18p 18j 18k 18l 18m 183 189 18h 185 18i 183.1cr 17u 18p.1cr 17y 186 18a 17w
17x 18p 18k 18m 183 189 185 18i 183.1cr 17y 186 18a 18p 1b5 17s 17w 33 17x 187 18p 18j 18l 18m 183 189 18h 185
18i 183.1cr 17u 18p.1cr 17y 186 188 18a 18p 1b5 30 17s 17w 17z 33 18o 182 17x 187 18p 18k 18l 18m 183 189 18h
185 18i 181 183.1cr 17u 18p.1cr 17y 180 186 188 18a 17s 17w 17z 18o 182 17x 187 18p 18k 18l 18m 183 189 18h
185 18i 181 183.1cr 17u 18p.1cr 17y 180 186 188 18a 27.1a 27.18 30.18 1e.18 1f.18 1g.18 1h.18 1i.18 1j.18
1k.18 1l.18 10.6hs 14.1t.15 14.1u.15 14.1v.15 14.1w.15 14.1x.15 14.1y.15 14.1z.15 14.20.15 14.30.15 14.22.15
14.23.15 14.24.15 14.25.15 14.26.15 14.27.15 14.28.15 14.29.15 14.2a.15 14.2b.15 14.2c.15 14.2d.15 14.2e.15
14.2f.15 14.2g.15 14.2h.15 14.2i.15 14.2b.15 a84.9.6hp 1v.6hs 14.kdo.15 14.fex.15 14.fik.15 14.i2x.15
14.m9l.15 14.jf7.15 14.nh3.15 14.gd9.15 14.k0n.15 7jx 7jy 7jx 29.1x wuw pg 1f3w 1t.2a 2e.5wk 7jd 27.mt 1f3c
89r 1v 4ik 6u9 37.37.37 6rz 2c 25.1u 2e.1u 6u8 27 30 1e 1f 1g 1h 1i 1j 1k 1l 7sc
`;
