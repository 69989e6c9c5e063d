package io.earshot.dns;

/**
 * What one resolver takes upon itself, whatever names and servers it meets.
 *
 * @param lookups questions under way at once; further ones fail at once
 * @param servers servers asked in turn; further ones are not used
 * @param rounds how often each server is asked one question
 * @param records records taken from one answer; further ones are dropped
 * @param aliases CNAME records followed for one question
 * @param payload the largest UDP answer to ask for, in bytes: what passes unfragmented nearly everywhere
 */
record DnsLimits(int lookups, int servers, int rounds, int records, int aliases, int payload) {
    static final DnsLimits DEFAULT = new DnsLimits(256, 4, 2, 64, 16, 1232);
}
