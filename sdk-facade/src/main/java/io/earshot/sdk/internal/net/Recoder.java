package io.earshot.sdk.internal.net;

import io.earshot.api.WireCharacters;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns SIP messages in other characters into UTF-8 and back, a message at a time. What is no such message, or cannot be written in those
 * characters, stays as it is; bytes of hostile peers do no harm: the parser judges what comes out.
 */
public final class Recoder {
    private static final Pattern TEXT = Pattern.compile("(?im)^(?:content-type|c)[ \\t]*:[ \\t]*text/[^;\\r\\n]*(;[^\\r\\n]*)?\\r?$");
    private static final Pattern LENGTH = Pattern.compile("(?im)^((?:content-length|l)[ \\t]*:[ \\t]*)[0-9]+");

    private final WireCharacters characters;
    private final boolean idle;

    /** Makes one for what peers write. */
    public Recoder(WireCharacters characters) {
        this.characters = characters;
        idle = characters.equals(WireCharacters.DEFAULT);
    }

    /** Returns what came in, in UTF-8. */
    public ByteBuffer received(ByteBuffer data) {
        if (idle || !hasMore(data) || !Character.isLetter(data.get(data.position()))) {
            return data;
        }
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return ByteBuffer.wrap(recode(bytes, true));
    }

    /** Returns what is to be sent, as the peer reads it. */
    public byte[] sent(byte[] message) {
        return idle || !hasMore(ByteBuffer.wrap(message)) ? message : recode(message, false);
    }

    /** Tells whether there is anything beside ASCII. */
    private static boolean hasMore(ByteBuffer data) {
        for (int i = data.position(); i < data.limit(); i++) {
            if (data.get(i) < 0) {
                return true;
            }
        }
        return false;
    }

    private byte[] recode(byte[] message, boolean in) {
        int end = headEnd(message);
        byte[] head = Arrays.copyOf(message, end);
        byte[] body = Arrays.copyOfRange(message, end, message.length);
        byte[] newHead = convert(head, characters.headers(), in);
        byte[] newBody = isText(head) ? convert(body, characters.bodies(), in) : body;
        if (newBody.length != body.length) {
            String measured = LENGTH.matcher(new String(newHead, StandardCharsets.ISO_8859_1)).replaceFirst("$1" + newBody.length);
            newHead = measured.getBytes(StandardCharsets.ISO_8859_1);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(newHead.length + newBody.length);
        out.writeBytes(newHead);
        out.writeBytes(newBody);
        return out.toByteArray();
    }

    private static int headEnd(byte[] message) {
        for (int i = 3; i < message.length; i++) {
            if (message[i] == '\n' && message[i - 1] == '\r' && message[i - 2] == '\n' && message[i - 3] == '\r') {
                return i + 1;
            }
        }
        return message.length;
    }

    /** Tells whether the body is text whose type does not say itself what its characters are. */
    private static boolean isText(byte[] head) {
        Matcher type = TEXT.matcher(new String(head, StandardCharsets.ISO_8859_1));
        return type.find() && (type.group(1) == null || !type.group(1).toLowerCase(Locale.ROOT).contains("charset"));
    }

    private static byte[] convert(byte[] bytes, Charset theirs, boolean in) {
        if (theirs.equals(StandardCharsets.UTF_8)) {
            return bytes;
        }
        try {
            CharBuffer unicode = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return in ? bytes : bytes(theirs.newEncoder().encode(unicode));
        } catch (CharacterCodingException other) {
            // Coming in, it is no UTF-8, so it is what was agreed on; going out, it cannot be written in that.
            return in ? new String(bytes, theirs).getBytes(StandardCharsets.UTF_8) : bytes;
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] out = new byte[buffer.remaining()];
        buffer.get(out);
        return out;
    }
}
