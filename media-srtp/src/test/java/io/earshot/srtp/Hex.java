package io.earshot.srtp;

import java.util.HexFormat;

/** Bytes as the RFCs print them. */
public final class Hex {
    private Hex() {
    }

    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", "").toLowerCase(java.util.Locale.ROOT));
    }

    public static String text(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    public static String text(byte[] bytes, int length) {
        return HexFormat.of().formatHex(bytes, 0, length);
    }
}
