package io.earshot.sdk.classic;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeSet;

/** Facts of the program and the machine. */
final class ClassicFacts {
    private ClassicFacts() {
    }

    /** Returns the version of this library. */
    static String version() {
        return Optional.ofNullable(ClassicFacts.class.getPackage().getImplementationVersion())
                .or(() -> Optional.ofNullable(ClassicFacts.class.getModule().getDescriptor()).flatMap(known -> known.rawVersion()))
                .orElse("1.0");
    }

    /** Returns an id that stays the same on this machine for this user, and tells nothing of either. */
    static String deviceId() {
        TreeSet<String> facts = new TreeSet<>();
        try {
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (one.getHardwareAddress() != null && !one.isVirtual()) {
                    facts.add(HexFormat.of().formatHex(one.getHardwareAddress()));
                }
            }
        } catch (SocketException unknown) {
            facts.clear();
        }
        String text = facts + System.getProperty("user.name", "") + System.getProperty("os.name", "") + System.getProperty("user.home", "");
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
