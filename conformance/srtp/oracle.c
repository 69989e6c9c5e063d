/* libsrtp behind a pipe: commands in, verdicts and packets out. "oracle" talks to Compare.java, "oracle bench" measures. */
#include <srtp2/srtp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *NAMES[] = {"AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32", "AES_192_CM_HMAC_SHA1_80", "AES_192_CM_HMAC_SHA1_32",
    "AES_256_CM_HMAC_SHA1_80", "AES_256_CM_HMAC_SHA1_32", "NULL_HMAC_SHA1_80", "NULL_HMAC_SHA1_32", "AEAD_AES_128_GCM", "AEAD_AES_256_GCM"};

static void suite(srtp_policy_t *policy, int number)
{
    memset(policy, 0, sizeof *policy);
    switch (number / 2) {
    case 0: srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy->rtp); break;
    case 1: srtp_crypto_policy_set_aes_cm_192_hmac_sha1_80(&policy->rtp); break;
    case 2: srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80(&policy->rtp); break;
    case 3: srtp_crypto_policy_set_null_cipher_hmac_sha1_80(&policy->rtp); break;
    default:
        if (number == 8)
            srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy->rtp);
        else
            srtp_crypto_policy_set_aes_gcm_256_16_auth(&policy->rtp);
    }
    policy->rtcp = policy->rtp;
    if (number < 8 && number % 2)
        policy->rtp.auth_tag_len = 4;
    policy->window_size = 128;
}

static srtp_t session(int number, uint8_t *key, srtp_ssrc_type_t type)
{
    srtp_policy_t policy;
    srtp_t made = NULL;
    suite(&policy, number);
    policy.ssrc.type = type;
    policy.key = key;
    if (srtp_create(&made, &policy) != srtp_err_status_ok) {
        fprintf(stderr, "libsrtp refuses %s\n", NAMES[number]);
        exit(2);
    }
    return made;
}

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

#define PACKETS 60000
static void bench(int number)
{
    static uint8_t packets[PACKETS][256];
    uint8_t key[64];
    double best_protect = 1e18, best_unprotect = 1e18;
    for (int i = 0; i < 64; i++)
        key[i] = (uint8_t)i;
    for (int round = 0; round < 15; round++) {
        srtp_t out = session(number, key, ssrc_any_outbound), in = session(number, key, ssrc_any_inbound);
        int length = 172;
        for (int i = 0; i < PACKETS; i++) {
            memset(packets[i], i, 172);
            packets[i][0] = 0x80;
            packets[i][2] = (uint8_t)(i >> 8);
            packets[i][3] = (uint8_t)i;
            memset(packets[i] + 8, 1, 4);
        }
        double start = now_ns();
        for (int i = 0; i < PACKETS; i++) {
            length = 172;
            if (srtp_protect(out, packets[i], &length))
                exit(3);
        }
        double middle = now_ns();
        for (int i = 0; i < PACKETS; i++) {
            int clear = length;
            if (srtp_unprotect(in, packets[i], &clear))
                exit(4);
        }
        double end = now_ns();
        if ((middle - start) / PACKETS < best_protect)
            best_protect = (middle - start) / PACKETS;
        if ((end - middle) / PACKETS < best_unprotect)
            best_unprotect = (end - middle) / PACKETS;
        srtp_dealloc(out);
        srtp_dealloc(in);
    }
    printf("%s %.0f %.0f\n", NAMES[number], best_protect, best_unprotect);
}

static uint8_t *output;
static size_t output_length, output_room;

static void reply(const uint8_t *packet, int length)
{
    if (output_length + 2 + (size_t)length > output_room) {
        output_room = 2 * output_room + 65536;
        output = realloc(output, output_room);
    }
    output[output_length++] = (uint8_t)(length >> 8);
    output[output_length++] = (uint8_t)length;
    memcpy(output + output_length, packet, (size_t)length);
    output_length += (size_t)length;
}

int main(int argc, char **argv)
{
    srtp_t out = NULL, in = NULL;
    uint8_t head[3], packet[65536 + 512];
    srtp_init();
    if (argc > 1 && !strcmp(argv[1], "version")) {
        puts(srtp_get_version_string());
        return 0;
    }
    if (argc > 1) {
        for (int number = 0; number < 10; number++)
            bench(number);
        return 0;
    }
    while (fread(head, 1, 3, stdin) == 3) {
        int length = head[1] << 8 | head[2];
        srtp_err_status_t status = srtp_err_status_fail;
        if (length && fread(packet, 1, (size_t)length, stdin) != (size_t)length)
            return 1;
        switch (head[0]) {
        case 'K':
            if (out) {
                srtp_dealloc(out);
                srtp_dealloc(in);
            }
            out = session(packet[0], packet + 1, ssrc_any_outbound);
            in = session(packet[0], packet + 1, ssrc_any_inbound);
            continue;
        case 'F':
            fwrite(output, 1, output_length, stdout);
            fflush(stdout);
            output_length = 0;
            continue;
        case 'p': status = srtp_protect(out, packet, &length); break;
        case 'P': status = srtp_protect_rtcp(out, packet, &length); break;
        case 'u': status = srtp_unprotect(in, packet, &length); break;
        case 'U': status = srtp_unprotect_rtcp(in, packet, &length); break;
        default: return 1;
        }
        reply(packet, status == srtp_err_status_ok ? length : 0);
    }
    return 0;
}
