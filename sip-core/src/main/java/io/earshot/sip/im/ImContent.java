package io.earshot.sip.im;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.MediaType;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Optional;

/** What the body of a MESSAGE says, whatever it is wrapped in. */
public sealed interface ImContent {
    /** The types that {@link #read} understands, as an Accept header has them. */
    String ACCEPT = "text/plain, text/html, text/*, message/cpim, message/imdn+xml, application/im-iscomposing+xml, multipart/mixed, "
        + "multipart/alternative";

    /**
     * Words.
     *
     * @param type {@code text/plain}, {@code text/html} or another text type
     * @param envelope the CPIM message they came in
     */
    record Text(MediaType type, String text, Optional<Cpim> envelope) implements ImContent {
        public Text {
            requireNonNull(type, "type");
            requireNonNull(text, "text");
            requireNonNull(envelope, "envelope");
        }
    }

    /** Somebody writes, or no longer does. */
    record Typing(IsComposing status) implements ImContent { }

    /** What became of a message of ours. */
    record Report(Imdn notification) implements ImContent { }

    /** A type we understand, but not this. {@code detail} says what is wrong. */
    record Malformed(String detail) implements ImContent { }

    /** A type we do not understand. */
    record Unsupported(MediaType type) implements ImContent { }

    /** Reads a body; never fails. */
    static ImContent read(MediaType type, byte[] body) {
        return read(type, body, Optional.empty(), 0);
    }

    private static ImContent read(MediaType type, byte[] body, Optional<Cpim> envelope, int depth) {
        if (depth > 3) {
            return new Malformed("wrapped too deep");
        }
        if (type.type().equals("text")) {
            return new Text(type, new String(body, charset(type)), envelope);
        }
        if (type.matches(IsComposing.TYPE)) {
            return IsComposing.parse(body).<ImContent>map(Typing::new).orElseGet(() -> new Malformed("no is-composing document"));
        }
        if (type.matches(Imdn.TYPE)) {
            return Imdn.parse(body).<ImContent>map(Report::new).orElseGet(() -> new Malformed("no delivery notification"));
        }
        if (type.matches(Cpim.TYPE)) {
            return Cpim.parse(body).map(cpim -> read(cpim.type(), cpim.content(), Optional.of(cpim), depth + 1))
                .orElseGet(() -> new Malformed("no CPIM message"));
        }
        return type.type().equals("multipart") ? best(Multipart.parts(type, body), envelope, depth) : new Unsupported(type);
    }

    /** The first part that can be read, plain text before other text. */
    private static ImContent best(List<Multipart.Part> parts, Optional<Cpim> envelope, int depth) {
        Optional<Multipart.Part> plain = parts.stream().filter(part -> part.type().matches(MediaType.TEXT_PLAIN)).findFirst();
        if (plain.isPresent()) {
            return read(plain.get().type(), plain.get().content(), envelope, depth + 1);
        }
        for (Multipart.Part part : parts) {
            ImContent content = read(part.type(), part.content(), envelope, depth + 1);
            if (!(content instanceof Malformed) && !(content instanceof Unsupported)) {
                return content;
            }
        }
        return new Malformed("no part that can be read");
    }

    /** The charset of the type; UTF-8 when it is not given or not known (RFC 3428 §8). */
    private static Charset charset(MediaType type) {
        try {
            return type.charset().map(name -> Charset.forName(name.replace("\"", ""))).orElse(StandardCharsets.UTF_8);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
