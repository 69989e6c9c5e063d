package io.earshot.sip.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.sip.dialog.DialogReference;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Parameters;
import io.earshot.sip.message.ParseResult;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.SipLimits;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipParser;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.TelUri;
import io.earshot.sip.message.Uri;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is written is read back, for generated values of every typed header beyond those of RFC 3261, several in one message. */
@Tag("rfc3261")
@Tag("rfc3326")
@Tag("rfc7044")
@Tag("rfc7433")
@Tag("rfc3891")
class IdentityRoundTripTest {
    private final SplittableRandom random = new SplittableRandom(3261);

    private <T> void goesRound(HeaderName name, Supplier<T> maker, Function<SipMessage, List<T>> reader) {
        for (int i = 0; i < 1_000; i++) {
            List<T> values = new ArrayList<>();
            RequestBuilder builder = Request.builder(SipMethod.OPTIONS, Uri.parse("sip:b"))
                .add(HeaderName.VIA, "SIP/2.0/UDP a;branch=z9hG4bK1")
                .add(HeaderName.FROM, "<sip:a>;tag=1").add(HeaderName.TO, "<sip:b>").add(HeaderName.CALL_ID, "1")
                .add(HeaderName.CSEQ, "1 OPTIONS");
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                values.add(maker.get());
            }
            builder.setAll(name, values);
            byte[] wire = builder.build().toBytes();
            SipMessage parsed = ((ParseResult.Parsed) new SipParser(SipLimits.DEFAULT).parse(wire)).message();
            assertEquals(Optional.empty(), parsed.check());
            assertEquals(values, reader.apply(parsed), () -> new String(wire, StandardCharsets.UTF_8));
        }
    }

    @Test
    void reasons() {
        goesRound(HeaderName.REASON, () -> new Reason(token(), number(1_000), text()), Reason::of);
    }

    @Test
    void diversions() {
        goesRound(HeaderName.DIVERSION, () -> new Diversion(uri(), text().strip(), token(), number(100), token()), Diversion::of);
    }

    @Test
    void history() {
        goesRound(HeaderName.HISTORY_INFO, () -> {
            Uri uri = uri();
            return new HistoryEntry(uri, "1." + random.nextInt(99), reason(uri), cause());
        }, HistoryEntry::of);
    }

    /** The reason stands in the URI, where only SIP URIs have room for it. */
    private Optional<Reason> reason(Uri uri) {
        return uri instanceof TelUri || random.nextBoolean() ? Optional.empty() : Optional.of(Reason.sip(302, text()));
    }

    private Optional<String> cause() {
        return random.nextBoolean() ? Optional.empty() : Optional.of(random.nextBoolean() ? "rc=1" : "mp=1.2");
    }

    @Test
    void userToUser() {
        goesRound(HeaderName.USER_TO_USER, () -> new UserToUser(random.nextBoolean() ? "04fa" + random.nextInt(10_000) : text() + "x",
            random.nextBoolean() ? "" : token(), random.nextBoolean() ? "" : token(), ""), UserToUser::of);
    }

    @Test
    void links() {
        goesRound(HeaderName.CALL_INFO, () -> new InfoLink(uri().toString(), Parameters.of("purpose", token())),
            message -> InfoLink.of(message, HeaderName.CALL_INFO));
    }

    @Test
    void dialogReferences() {
        for (int i = 0; i < 1_000; i++) {
            DialogReference reference = new DialogReference(word() + "@" + word(), token(), token(), random.nextBoolean());
            assertEquals(Optional.of(reference), DialogReference.parse(reference.toString()));
            DialogReference target = new DialogReference(word(), token(), token(), false);
            assertEquals(Optional.of(target), DialogReference.parseTarget(target.targetDialog()));
        }
    }

    @Test
    void addressesOfEveryHeaderThatHoldsSome() {
        for (HeaderName name : List.of(HeaderName.P_ASSERTED_IDENTITY, HeaderName.PATH, HeaderName.SERVICE_ROUTE, HeaderName.ROUTE,
                HeaderName.RECORD_ROUTE, HeaderName.CONTACT)) {
            goesRound(name, this::address, message -> message.addresses(name));
        }
    }

    @Test
    void targetsOfReferWithHeadersInThem() {
        for (int i = 0; i < 1_000; i++) {
            String value = word() + "@h;to-tag=" + token() + ";from-tag=" + token();
            SipUri uri = SipUri.of(text() + "u", "h.example").withHeader("Replaces", value).withHeader("Subject", text() + "s");
            NameAddr parsed = NameAddr.parse(NameAddr.of(uri).toString());
            assertEquals(uri, parsed.uri());
            assertEquals(value, ((SipUri) parsed.uri()).headerFields().get(0).getValue());
        }
    }

    // ---- values

    private NameAddr address() {
        return new NameAddr(text(), uri(), random.nextBoolean() ? Parameters.NONE : Parameters.of("p", text()));
    }

    private Uri uri() {
        return switch (random.nextInt(3)) {
            case 0 -> new TelUri("+" + random.nextInt(1, 100_000), Parameters.NONE);
            case 1 -> SipUri.of(text() + "u", "[2001:db8::" + Integer.toHexString(random.nextInt(1, 65_536)) + "]");
            default -> SipUri.of(text() + "u", "h" + random.nextInt(100) + ".example").withParameter("p", text() + "v");
        };
    }

    private OptionalInt number(int bound) {
        return random.nextInt(3) == 0 ? OptionalInt.empty() : OptionalInt.of(random.nextInt(bound));
    }

    private String text() {
        return pick("ab \"\\<>,;:=@%?&/()[]{}*+\u00fc\u0436'", 0);
    }

    private String token() {
        return pick("abcxyzABC019-.!%*_+`'~", 1);
    }

    private String word() {
        return pick("abcxyzABC019-.!%*_+`'~()<>:\\\"/[]?{}", 1);
    }

    private String pick(String alphabet, int least) {
        StringBuilder out = new StringBuilder();
        for (int n = least + random.nextInt(8); n > 0; n--) {
            out.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return out.toString();
    }
}
