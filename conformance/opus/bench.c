/* Times libopus over the speech that ours is timed over:
   bench PCM BITRATE BANDWIDTH COMPLEXITY; prints ns of processor time per 20 ms to encode and to decode. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct OpusEncoder OpusEncoder;
typedef struct OpusDecoder OpusDecoder;
OpusEncoder *opus_encoder_create(int rate, int channels, int application, int *error);
int opus_encoder_ctl(OpusEncoder *state, int request, ...);
int opus_encode(OpusEncoder *state, const short *pcm, int samples, unsigned char *data, int room);
void opus_encoder_destroy(OpusEncoder *state);
OpusDecoder *opus_decoder_create(int rate, int channels, int *error);
int opus_decode(OpusDecoder *state, const unsigned char *data, int length, short *pcm, int samples, int fec);
void opus_decoder_destroy(OpusDecoder *state);

enum { FRAME = 960, ROOM = 1275, ROUNDS = 9 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static int order(const void *a, const void *b) {
    double x = *(const double *) a, y = *(const double *) b;
    return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
    FILE *in = argc == 5 ? fopen(argv[1], "rb") : NULL;
    if (!in) {
        return 2;
    }
    fseek(in, 0, SEEK_END);
    long count = ftell(in) / 2 / FRAME;
    rewind(in);
    short *pcm = malloc(count * FRAME * 2);
    unsigned char *packets = malloc(count * ROOM);
    int *lengths = malloc(count * sizeof(int));
    short back[5760];
    double taken[2][ROUNDS];
    if (fread(pcm, FRAME * 2, count, in) != (size_t) count) {
        return 2;
    }
    for (int round = 0; round < ROUNDS; round++) {
        OpusEncoder *encoder = opus_encoder_create(48000, 1, 2048, NULL);
        OpusDecoder *decoder = opus_decoder_create(48000, 1, NULL);
        opus_encoder_ctl(encoder, 4002, atoi(argv[2]));
        opus_encoder_ctl(encoder, 4004, atoi(argv[3]));
        opus_encoder_ctl(encoder, 4010, atoi(argv[4]));
        double start = now();
        for (long i = 0; i < count; i++) {
            lengths[i] = opus_encode(encoder, pcm + i * FRAME, FRAME, packets + i * ROOM, ROOM);
        }
        double middle = now();
        for (long i = 0; i < count; i++) {
            opus_decode(decoder, packets + i * ROOM, lengths[i], back, 5760, 0);
        }
        taken[0][round] = (middle - start) / count;
        taken[1][round] = (now() - middle) / count;
        opus_encoder_destroy(encoder);
        opus_decoder_destroy(decoder);
    }
    for (int i = 0; i < 2; i++) {
        qsort(taken[i], ROUNDS, sizeof(double), order);
        printf("%.0f ", taken[i][ROUNDS / 2]);
    }
    printf("\n");
    return 0;
}
