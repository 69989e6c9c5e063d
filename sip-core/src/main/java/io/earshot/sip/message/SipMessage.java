package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A request or response (RFC 3261 §7): immutable, free to share between threads. The bytes it was parsed from or built into are kept;
 * header values are made into text and types when asked for, and remembered.
 *
 * <p>Via, From, To, Call-ID and CSeq of a parsed message are sound. Any other typed accessor throws {@link MalformedHeaderException} if
 * its header is malformed, so call {@link #check()} once on what comes from the network.
 */
public abstract sealed class SipMessage permits Request, Response {
    final Wire wire;
    final SipLimits limits;
    private final TypedHeaders typed;

    SipMessage(Wire wire, SipLimits limits, TypedHeaders typed) {
        this.wire = wire;
        this.limits = limits;
        this.typed = typed;
    }

    private static TypedHeaders.Defects defects() {
        return new TypedHeaders.Defects();
    }

    /**
     * Returns the topmost Via.
     *
     * @throws MalformedHeaderException if a message under construction has none yet
     */
    public Via via() {
        List<Via> vias = vias();
        if (vias.isEmpty()) {
            TypedHeaders.Defects d = defects();
            d.add(ParseResult.Reason.HEADER_MISSING, wire.headersStart, "Via is missing");
            throw new MalformedHeaderException(d.first());
        }
        return vias.get(0);
    }

    /** Returns all Via values, topmost first. */
    public List<Via> vias() {
        return typed.vias();
    }

    /** Returns From. */
    public NameAddr from() {
        return typed.from();
    }

    /** Returns To. */
    public NameAddr to() {
        return typed.to();
    }

    /** Returns Call-ID, which is compared case-sensitively (RFC 3261 §20.8). */
    public String callId() {
        return typed.callId();
    }

    /** Returns CSeq. */
    public CSeq cseq() {
        return typed.cseq();
    }

    /** Returns Max-Forwards, 0 to 255 (RFC 3261 §20.22); empty if absent. */
    public OptionalInt maxForwards() {
        TypedHeaders.Defects d = defects();
        Optional<Long> value = TypedHeaders.orThrow(typed.number(HeaderName.MAX_FORWARDS, 255, d), d);
        return value.isPresent() ? OptionalInt.of(value.get().intValue()) : OptionalInt.empty();
    }

    /** Returns the Contact values; empty for the wildcard. */
    public List<NameAddr> contacts() {
        return typed.contacts();
    }

    /** Returns whether Contact is {@code *} (RFC 3261 §10.2.2). */
    public boolean isWildcardContact() {
        return typed.isWildcard();
    }

    /** Returns the Route values, topmost first. */
    public List<NameAddr> routes() {
        return typed.routes();
    }

    /** Returns the Record-Route values, topmost first. */
    public List<NameAddr> recordRoutes() {
        return typed.recordRoutes();
    }

    /** Returns Expires in seconds, 0 to 2^32-1; empty if absent. */
    public OptionalLong expires() {
        return seconds(HeaderName.EXPIRES);
    }

    /**
     * Returns the number a header starts with, 0 to 2^32-1: Expires, Min-Expires, Session-Expires, Min-SE, Retry-After, RSeq, …
     * Parameters and comments behind it are left out. Empty if the header is absent, and if it is malformed in a response: what a
     * response says must not be lost over a hint.
     */
    public OptionalLong seconds(HeaderName name) {
        TypedHeaders.Defects d = defects();
        Optional<Long> value = typed.seconds(name, d);
        if (value == null && this instanceof Response) {
            return OptionalLong.empty();
        }
        value = TypedHeaders.orThrow(value, d);
        return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
    }

    /** Returns the first value of a header that holds an address, such as Refer-To, Referred-By or Reply-To. */
    public Optional<NameAddr> address(HeaderName name) {
        TypedHeaders.Defects d = defects();
        return TypedHeaders.orThrow(typed.address(name, d), d);
    }

    /** Returns all values of a header that lists addresses, such as P-Asserted-Identity, Path or Service-Route. */
    public List<NameAddr> addresses(HeaderName name) {
        TypedHeaders.Defects d = defects();
        return TypedHeaders.orThrow(typed.addresses(name, d), d);
    }

    /** Returns Content-Type. */
    public Optional<MediaType> contentType() {
        return typed.contentType();
    }

    /** Returns a copy of the body; empty if there is none. */
    public byte[] body() {
        return Arrays.copyOfRange(wire.buf, wire.bodyStart, wire.end);
    }

    /** Returns the length of the body in bytes. */
    public int bodyLength() {
        return wire.end - wire.bodyStart;
    }

    /** Returns the body as text in the charset Content-Type names, else in UTF-8 (RFC 3428 §8); never fails. */
    public String bodyText() {
        Optional<MediaType> type = typed.contentType(defects());
        Charset charset = type == null ? StandardCharsets.UTF_8 : type.flatMap(MediaType::charset).map(Charsets::find)
            .orElse(StandardCharsets.UTF_8);
        return new String(wire.buf, wire.bodyStart, bodyLength(), charset);
    }

    /** Returns whether the header is there. */
    public boolean has(HeaderName name) {
        return wire.find(requireNonNull(name, "name"), 0) >= 0;
    }

    /** Returns the first value of a header as text, unfolded; empty if the header is absent. */
    public Optional<String> value(HeaderName name) {
        int i = wire.find(requireNonNull(name, "name"), 0);
        if (i < 0) {
            return Optional.empty();
        }
        String value = wire.value(i);
        return Optional.of(name.isList() ? value.substring(0, Lists.elementEnd(value, 0)).strip() : value);
    }

    /** Returns all values of a header as text, unfolded, in order; lines of list headers are split at their commas. */
    public List<String> values(HeaderName name) {
        List<String> out = new ArrayList<>(2);
        for (int i = wire.find(requireNonNull(name, "name"), 0); i >= 0; i = wire.find(name, i + 1)) {
            wire.addValues(i, name, out);
        }
        return List.copyOf(out);
    }

    /** Returns the tokens of Supported, Require, Allow and the like, without their parameters. */
    public List<String> tokens(HeaderName name) {
        TypedHeaders.Defects d = defects();
        return TypedHeaders.orThrow(typed.tokens(requireNonNull(name, "name"), d), d);
    }

    /** Returns the names of all header lines in order, repeated as they are. */
    public List<HeaderName> headerNames() {
        List<HeaderName> names = new ArrayList<>(wire.count);
        for (int i = 0; i < wire.count; i++) {
            names.add(wire.name(i));
        }
        return List.copyOf(names);
    }

    /**
     * Parses every header that the layers above read and returns the first defect. If there is none, the accessors of this message do
     * not throw: the named ones, and {@link #tokens}, {@link #seconds}, {@link #address} and {@link #addresses} for Allow, Supported,
     * Require, Proxy-Require, Unsupported, Allow-Events, Event, Subscription-State, Content-Disposition, Content-Encoding, Expires,
     * Min-Expires, Session-Expires, Min-SE, Retry-After, RSeq, Refer-To, Referred-By, Reply-To, Path, Service-Route and
     * P-Asserted-Identity. The ingress of the engine calls this once. For a request other than ACK the verdict holds the reply to send.
     */
    public Optional<ParseResult.Malformed> check() {
        TypedHeaders.Defects d = defects();
        HeaderCheck.run(typed, this instanceof Request, d);
        if (d.first() == null) {
            return Optional.empty();
        }
        ParseResult.Malformed found = d.first();
        boolean answerable = this instanceof Request request && !request.method().equals(SipMethod.ACK) && !vias().isEmpty();
        return Optional.of(answerable
            ? new ParseResult.Malformed(found.reason(), found.offset(), found.detail(),
                Optional.of(Response.to((Request) this, found.reason().status()).build()))
            : found);
    }

    /** Returns a builder that holds this message; lines it does not change are written byte for byte. */
    public abstract Builder<?> toBuilder();

    /** Returns the length of the wire form in bytes. */
    public int byteLength() {
        return wire.end;
    }

    /** Returns a copy of the wire form; for a message that was parsed, the very bytes that came in. */
    public byte[] toBytes() {
        return Arrays.copyOf(wire.buf, wire.end);
    }

    /**
     * Puts the wire form into a buffer.
     *
     * @throws java.nio.BufferOverflowException if fewer than {@link #byteLength()} bytes remain
     */
    public void writeTo(ByteBuffer out) {
        out.put(wire.buf, 0, wire.end);
    }

    /** Returns the wire form for logs: credentials and keys are replaced, control characters escaped, binary bodies left out. */
    @Override
    public String toString() {
        return SafeText.of(wire);
    }
}
