/* libbzrtp behind a pipe: "T MILLISECONDS" and "P HEX" in; "S HEX" for each packet it sends, "K …" when it has keys, and "." out.
   oracle SSRC HASH CIPHER TAG AGREEMENT, the last four as RFC 6189 writes them, or - for its own lists. */
#include <bzrtp/bzrtp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void hex(const uint8_t *bytes, int length)
{
    for (int i = 0; i < length; i++)
        printf("%02x", bytes[i]);
}

static int sent(void *client, const uint8_t *packet, uint16_t length)
{
    (void)client;
    printf("S ");
    hex(packet, length);
    printf("\n");
    return 0;
}

static const bzrtpSrtpSecrets_t *known;
static int secrets(void *client, const bzrtpSrtpSecrets_t *made, uint8_t part)
{
    (void)client;
    (void)part;
    known = made;
    return 0;
}

static int started(void *client, const bzrtpSrtpSecrets_t *made, int32_t verified)
{
    (void)client;
    (void)verified;
    printf("K %s ", made->sas);
    hex(known->selfSrtpKey, known->selfSrtpKeyLength);
    hex(known->selfSrtpSalt, known->selfSrtpSaltLength);
    printf(" ");
    hex(known->peerSrtpKey, known->peerSrtpKeyLength);
    hex(known->peerSrtpSalt, known->peerSrtpSaltLength);
    printf("\n");
    return 0;
}

static void only(bzrtpContext_t *context, uint8_t type, const char *code)
{
    static const struct { const char *name; uint8_t number; } CODES[] = {
        {"S256", ZRTP_HASH_S256}, {"S384", ZRTP_HASH_S384}, {"AES1", ZRTP_CIPHER_AES1}, {"AES3", ZRTP_CIPHER_AES3},
        {"HS32", ZRTP_AUTHTAG_HS32}, {"HS80", ZRTP_AUTHTAG_HS80}, {"DH3k", ZRTP_KEYAGREEMENT_DH3k}, {"DH2k", ZRTP_KEYAGREEMENT_DH2k},
        {"EC25", ZRTP_KEYAGREEMENT_EC25},
        {"EC38", ZRTP_KEYAGREEMENT_EC38}, {"B32", ZRTP_SAS_B32}};
    for (unsigned i = 0; i < sizeof CODES / sizeof *CODES; i++) {
        if (!strcmp(CODES[i].name, code)) {
            uint8_t list[7] = {CODES[i].number};
            bzrtp_setSupportedCryptoTypes(context, type, list, 1);
        }
    }
}

int main(int argc, char **argv)
{
    static char line[16384];
    static uint8_t packet[8192];
    if (argc < 6)
        return 2;
    uint32_t ssrc = (uint32_t)strtoul(argv[1], NULL, 10);
    bzrtpContext_t *context = bzrtp_createBzrtpContext();
    bzrtpCallbacks_t callbacks = {.bzrtp_sendData = sent, .bzrtp_srtpSecretsAvailable = secrets, .bzrtp_startSrtpSession = started};
    bzrtp_setCallbacks(context, &callbacks);
    only(context, ZRTP_HASH_TYPE, argv[2]);
    only(context, ZRTP_CIPHERBLOCK_TYPE, argv[3]);
    only(context, ZRTP_AUTHTAG_TYPE, argv[4]);
    only(context, ZRTP_KEYAGREEMENT_TYPE, argv[5]);
    only(context, ZRTP_SAS_TYPE, "B32");
    if (bzrtp_initBzrtpContext(context, ssrc) && 0)
        return 3;
    bzrtp_startChannelEngine(context, ssrc);
    while (fgets(line, sizeof line, stdin)) {
        if (line[0] == 'T') {
            bzrtp_iterate(context, ssrc, strtoull(line + 2, NULL, 10));
        } else {
            uint16_t length = 0;
            unsigned byte;
            for (char *at = line + 2; sscanf(at, "%2x", &byte) == 1 && length < sizeof packet; at += 2)
                packet[length++] = (uint8_t)byte;
            bzrtp_processMessage(context, ssrc, packet, length);
        }
        printf(".\n");
        fflush(stdout);
    }
    return 0;
}
