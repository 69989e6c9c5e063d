package io.earshot.sdk.classic;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What phones in the same network say to each other: {@code EARSHOT-LAN/1 ASK id port user name}, name and user as in URLs.
 *
 * @param kind a question or an answer
 * @param id of the sender, so that it knows its own
 * @param port its SIP port
 * @param user its user name
 * @param name for people to read; may be empty
 */
record LanGreeting(String kind, String id, int port, String user, String name) {
    static final String ASK = "ASK";
    static final String ANSWER = "HERE";

    private static final int LONGEST_NAME = 64;
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern FORM = Pattern.compile("EARSHOT-LAN/1 (ASK|HERE) ([A-Za-z0-9]{8,64}) ([1-9][0-9]{0,4}) "
            + "([A-Za-z0-9._%+-]{1,64}) ([A-Za-z0-9._%+*-]{0,200})");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._+-]{1,64}");

    String text() {
        return "EARSHOT-LAN/1 " + kind + " " + id + " " + port + " " + URLEncoder.encode(user, StandardCharsets.UTF_8) + " "
                + URLEncoder.encode(shown(name), StandardCharsets.UTF_8);
    }

    /** Reads one; empty for whatever else comes. */
    static Optional<LanGreeting> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(3)) > HIGHEST_PORT) {
            return Optional.empty();
        }
        try {
            String user = URLDecoder.decode(form.group(4), StandardCharsets.UTF_8);
            String name = shown(URLDecoder.decode(form.group(5), StandardCharsets.UTF_8));
            return USER.matcher(user).matches()
                    ? Optional.of(new LanGreeting(form.group(1), form.group(2), Integer.parseInt(form.group(3)), user, name))
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** A name has no place for what ends fields and lines. */
    private static String shown(String name) {
        String plain = name.replaceAll("[\\p{Cntrl}\\p{Cf},;\"<>\u2028\u2029]", " ").strip();
        return plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
    }
}
