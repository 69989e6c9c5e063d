package io.earshot.zrtp;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of one peer.
 *
 * @param used when it was last talked to, in seconds since 1970
 * @param expires when this is to be forgotten, in seconds since 1970
 * @param verified whether the users have compared their strings
 * @param secrets the newest first, two at most
 */
record ZrtpEntry(long used, long expires, boolean verified, List<byte[]> secrets) {
    static final int SECRET = 32;
    private static final HexFormat HEX = HexFormat.of();

    ZrtpEntry {
        secrets = List.copyOf(secrets);
    }

    String write() {
        StringBuilder out = new StringBuilder().append(used).append(' ').append(expires).append(' ').append(verified ? 1 : 0);
        secrets.forEach(secret -> out.append(' ').append(HEX.formatHex(secret)));
        return out.toString();
    }

    /** Reads what {@link #write} wrote; empty for anything else. */
    static Optional<ZrtpEntry> read(String text) {
        String[] parts = text.split(" ");
        if (parts.length < 4 || parts.length > 5 || !parts[0].matches("[0-9]{1,18}") || !parts[1].matches("[0-9]{1,19}")
            || !parts[2].matches("[01]")) {
            return Optional.empty();
        }
        List<byte[]> secrets = new ArrayList<>();
        for (int i = 3; i < parts.length; i++) {
            hex(parts[i], SECRET).ifPresent(secrets::add);
        }
        long expires = parts[1].length() > 18 ? Long.MAX_VALUE : Long.parseLong(parts[1]);
        return secrets.size() < parts.length - 3 ? Optional.empty()
            : Optional.of(new ZrtpEntry(Long.parseLong(parts[0]), expires, parts[2].equals("1"), secrets));
    }

    static Optional<byte[]> hex(String text, int bytes) {
        return text.matches("[0-9a-f]{" + 2 * bytes + "}") ? Optional.of(HEX.parseHex(text)) : Optional.empty();
    }
}
