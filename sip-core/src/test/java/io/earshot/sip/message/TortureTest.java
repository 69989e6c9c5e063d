package io.earshot.sip.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 4475 and RFC 5118: one verdict per message, as datagram and as stream. */
@Tag("rfc3261")
@Tag("rfc4475")
@Tag("rfc5118")
class TortureTest {
    private static final Map<String, byte[]> RFC4475 = Torture.load("rfc4475.txt");
    private static final Map<String, byte[]> RFC5118 = Torture.load("rfc5118.txt");
    /** On a stream these mean something else: no Content-Length; a Content-Length that asks for more. */
    private static final Set<String> OTHER_ON_STREAMS = Set.of("inv2543", "clerr");

    @Test void everyMessageIsHere() {
        assertEquals(49, RFC4475.size());
        assertEquals(12, RFC5118.size());
    }

    /** Verdict: "ok" and what a user agent reads, or the status of the reply, or "drop" where there is nobody to reply to. */
    private static String verdict(ParseResult result) {
        if (result instanceof ParseResult.Malformed malformed) {
            return malformed.reply().map(r -> Integer.toString(r.status())).orElse("drop");
        }
        SipMessage message = ((ParseResult.Parsed) result).message();
        Optional<ParseResult.Malformed> defect = message.check();
        if (defect.isPresent()) {
            return verdict(defect.get());
        }
        String start = message instanceof Request request ? request.method() + " " + request.requestUri()
            : Integer.toString(((Response) message).status());
        return "ok " + start + " " + message.cseq().number() + " " + message.vias().size() + " " + message.via().host()
            + " " + message.from().tag().orElse("-") + " " + message.contacts().size() + " " + message.bodyLength();
    }

    private static ParseResult datagram(byte[] bytes) {
        return new SipParser(SipLimits.DEFAULT).parse(bytes);
    }

    private static void check(String name, String expected, byte[] bytes) {
        ParseResult result = datagram(bytes);
        assertEquals(expected, verdict(result), () -> name + ": " + result);
        if (result instanceof ParseResult.Parsed parsed) {
            byte[] same = parsed.message().toBytes();
            assertArrayEquals(Arrays.copyOf(bytes, same.length), same);
        }
        if (!OTHER_ON_STREAMS.contains(name)) {
            StreamFramer framer = new StreamFramer(SipLimits.DEFAULT);
            framer.feed(ByteBuffer.wrap(bytes));
            assertEquals(expected, verdict(framer.poll().orElseThrow()), name);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "wsinv | ok INVITE sip:vivekg@chair-dnrc.example.com;unknownparam 9 3 192.0.2.2 98asjd8 1 150",
        "esc01 | ok INVITE sip:sips%3Auser%40example.com@example.net 234234 1 host5.example.net 938 1 150",
        "escnull | ok REGISTER sip:example.com 14398234 1 host5.example.com 839923423 2 0",
        "esc02 | ok RE%47IST%45R sip:registrar.example.com 29344 1 host.example.com f232jadfj23 2 0",
        "lwsdisp | ok OPTIONS sip:user@example.com 60 1 funky.example.com 323 0 0",
        "dblreq | ok REGISTER sip:example.com 8 1 192.0.2.125 43251j3j324 1 0",
        "semiuri | ok OPTIONS sip:user;par=u%40example.net@example.com 8 1 192.0.2.1 33242 0 0",
        "transports | ok OPTIONS sip:user@example.com 60 5 t1.example.com 323 0 0",
        "mpart01 | ok MESSAGE sip:kumiko@example.org 1 1 127.0.0.1 2fb0dcc9 1 553",
        "unreason | ok 200 35 1 192.0.2.198 11141343 1 154",
        "noreason | ok 100 35 1 192.0.2.105 39ansfi3 1 0",
        "badinv01 | 400",
        "clerr | 400", "ncl | 400", "scalar02 | 400", "scalarlg | drop", "quotbal | 400", "ltgtruri | 400", "lwsruri | 400",
        "lwsstart | 400", "trws | 400", "escruri | 400", "regbadct | 400", "badaspec | 400", "baddn | 400", "badvers | 505",
        "mismatch01 | 400", "mismatch02 | 400", "bigcode | drop",
        "baddate | ok INVITE sip:user@example.com 1392934 1 host.example.com 2234923 1 150",
        "badbranch | ok OPTIONS sip:user@example.com 8 1 192.0.2.1 33242 0 0",
        "insuf | 400", "multi01 | 400", "mcl01 | 400",
        "unkscm | ok OPTIONS nobodyKnowsThisScheme:totallyopaquecontent 3923423 1 host9.example.com 384 0 0",
        "novelsc | ok OPTIONS soap.beep://192.0.2.103:3002 3923423 1 host9.example.com 384 0 0",
        "unksm2 | ok REGISTER sip:example.com 234902 1 192.0.2.21 3234233 1 0",
        "bext01 | ok OPTIONS sip:user@example.com 8 1 fold-and-staple.example.com 242etr 0 0",
        "invut | ok INVITE sip:user@example.com 235448 1 somehost.example.com 8392034 1 40",
        "regaut01 | ok REGISTER sip:example.com 9338 1 192.0.2.253 87321hj23128 0 0",
        "bcast | ok 200 35 2 192.0.2.198 11141343 1 154",
        "zeromf | ok OPTIONS sip:user@example.com 39234321 1 host1.example.com 3ghsd41 0 0",
        "cparam01 | ok REGISTER sip:example.com 2 1 saturn.example.com DkfVgjkrtMwaerKKpe 1 0",
        "cparam02 | ok REGISTER sip:example.com 3 1 saturn.example.com 838293 1 0",
        "regescrt | ok REGISTER sip:example.com 14398234 1 host5.example.com 8 1 0",
        "sdp01 | ok INVITE sip:user@example.com 8 1 192.0.2.15 234 1 150",
        "inv2543 | ok INVITE sip:UserB@example.com 56 1 iftgw.example.com - 0 105",
    })
    void verdictsOfRfc4475(String name, String expected) {
        check(name, expected, RFC4475.get(name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ipv6-good | ok REGISTER sip:[2001:db8::10] 98176 1 2001:db8::9:1 81x2 1 0",
        "ipv6-bad | 400",
        "port-ambiguous | ok REGISTER sip:[2001:db8::10:5070] 98176 1 2001:db8::9:1 81x2 1 0",
        "port-unambiguous | ok REGISTER sip:[2001:db8::10]:5070 98176 1 2001:db8::9:1 81x2 1 0",
        "via-received-param-with-delim | ok BYE sip:[2001:db8::10] 321 1 2001:db8::9:1 81x2 0 0",
        "via-received-param-no-delim | ok OPTIONS sip:[2001:db8::10] 921 1 2001:db8::9:1 81x2 1 0",
        "ipv6-in-sdp | ok INVITE sip:user@[2001:db8::10] 8612 1 2001:db8::20 81x2 1 251",
        "mult-ip-in-header | ok BYE sip:user@host.example.net 89187 3 2001:db8::9:1 81x2 0 0",
        "mult-ip-in-sdp | ok INVITE sip:user@[2001:db8::10] 8912 1 2001:db8::9:1 81x2 1 189",
        "ipv4-mapped-ipv6 | ok INVITE sip:user@example.com 612 2 ::ffff:192.0.2.10 81x2 1 245",
        "ipv6-bug-abnf-3-colons | ok OPTIONS sip:user@[2001:db8::192.0.2.1] 689 1 lab1.east.example.com 810x2 0 0",
        "ipv6-correct-abnf-2-colons | ok OPTIONS sip:user@[2001:db8::192.0.2.1] 689 1 lab1.east.example.com 810x2 0 0",
    })
    void verdictsOfRfc5118(String name, String expected) {
        check(name, expected, RFC5118.get(name));
    }

    private static Request request(String name) {
        byte[] bytes = RFC4475.containsKey(name) ? RFC4475.get(name) : RFC5118.get(name);
        return (Request) ((ParseResult.Parsed) datagram(bytes)).message();
    }

    @Test void wsinvInDetail() {
        Request wsinv = request("wsinv");
        assertEquals("J Rosenberg \\\"", wsinv.from().displayName());
        assertEquals(Optional.of("1918181833n"), wsinv.to().tag());
        assertEquals(68, wsinv.maxForwards().getAsInt());
        assertEquals(Optional.of(""), wsinv.value(HeaderName.SUBJECT));
        assertEquals(Optional.of("newfangled value continued newfangled value"), wsinv.value(HeaderName.of("newfangledheader")));
        assertEquals(Optional.of(";;,,;;,;"), wsinv.value(HeaderName.of("UnknownHeaderWithUnusualValue")));
        assertEquals("SIP/2.0/TCP spindle.example.com;branch=z9hG4bK9ikj8", wsinv.vias().get(1).toString());
        assertEquals("SIP/2.0/UDP 192.168.255.111;branch=z9hG4bK30239", wsinv.vias().get(2).toString());
        assertEquals("\"Quoted string \\\"\\\"\" <sip:jdrosen@example.com>;newparam=newvalue;secondparam;q=0.33",
            wsinv.contacts().get(0).toString());
        assertEquals("<sip:services.example.com;lr;unknownwith=value;unknown-no-value>", wsinv.routes().get(0).toString());
    }

    @Test void intmethInDetail() {
        Request intmeth = request("intmeth");
        assertEquals(Optional.empty(), intmeth.check());
        assertEquals("!interesting-Method0123456789_*+`.%indeed'~", intmeth.method().name());
        SipUri uri = (SipUri) intmeth.requestUri();
        assertEquals(Optional.of("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*"), uri.user());
        assertEquals(Optional.of("&it+has=1,weird!*pas$wo~d_too.(doesn't-it)"), uri.password());
        assertEquals("example.com", uri.host());
        assertEquals(Optional.of("z9hG4bK-.!%66*_+`'~"), intmeth.via().branch());
        assertEquals("BEL:\u0007 NUL:\u0000 DEL:\u007f", intmeth.to().displayName());
        assertEquals("token1~` token2'+_ token3*%!.-", intmeth.from().displayName());
        assertEquals(Optional.of("\u0440\u0430\u0431\u043e\u0442\u0430\u044e\u0449\u0438\u0439"),
            intmeth.from().parameters().get("fromParam''~+*_!.-%"));
        assertEquals(Optional.of("_token~1'+`*%!-."), intmeth.from().tag());
        assertEquals("intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{", intmeth.callId());
        assertEquals(139122385, intmeth.cseq().number());
        assertEquals(255, intmeth.maxForwards().getAsInt());
        assertEquals(Optional.of("\ufeff\u5927\u505c\u96fb"), intmeth.value(HeaderName.of("extensionHeader-!.%*+_`'~")));
    }

    @Test void escapesInDetail() {
        Request esc01 = request("esc01");
        assertEquals(Optional.of("sips:user@example.com"), ((SipUri) esc01.requestUri()).decodedUser());
        assertTrue(esc01.to().uri().equivalent(Uri.parse("sip:user@example.com")));
        assertEquals(Optional.of("I have spaces"), ((SipUri) esc01.from().uri()).decodedUser());
        SipUri contact = (SipUri) esc01.contacts().get(0).uri();
        assertTrue(contact.isLooseRouter());
        assertEquals(Optional.of("value%2541"), contact.parameters().get("name"));
        Request esc02 = request("esc02");
        assertEquals("%Z%45", esc02.to().displayName());
        assertEquals(Optional.of("z9hG4bK209%fzsnel234"), esc02.via().branch());
        assertEquals(Optional.of("<sip:alias2@host2.example.com>"), esc02.value(HeaderName.of("c%6fntact")));
        assertEquals(Optional.of("\u0000"), ((SipUri) request("escnull").contacts().get(0).uri()).decodedUser());
    }

    @Test void longreqInDetail() {
        Request longreq = request("longreq");
        assertEquals(Optional.empty(), longreq.check());
        assertEquals(34, longreq.vias().size());
        assertEquals("sip33.example.com", longreq.via().host());
        assertEquals("host.example.com", longreq.vias().get(33).host());
        assertEquals(Optional.of("192.0.2.5"), longreq.vias().get(33).received());
        assertEquals(6000, ((SipUri) longreq.to().uri()).port());
        assertEquals(150, longreq.bodyLength());
    }

    @Test void whereAParameterBelongs() {
        assertTrue(request("cparam01").contacts().get(0).parameters().has("unknownparam"));
        assertTrue(((SipUri) request("cparam02").contacts().get(0).uri()).parameters().has("unknownparam"));
        assertEquals(Optional.of("Route=%3Csip:sip.example.com%3E"), ((SipUri) request("regescrt").contacts().get(0).uri()).headers());
        assertEquals(Optional.of("user;par=u%40example.net"), ((SipUri) request("semiuri").requestUri()).user());
    }

    @Test void aBranchOfNothingButTheCookieDoesNotCount() {
        assertTrue(request("transports").via().hasMagicCookie());
        assertTrue(!request("badbranch").via().hasMagicCookie());
        assertTrue(!request("inv2543").via().hasMagicCookie());
    }

    @Test void receivedWithAndWithoutBracketsIsTheSame() {
        assertEquals(Optional.of("2001:db8::9:255"), request("via-received-param-with-delim").via().received());
        assertEquals(Optional.of("2001:db8::9:255"), request("via-received-param-no-delim").via().received());
        assertEquals(6050, request("mult-ip-in-header").via().port());
    }

    @Test void reasonPhrasesMayBeAnythingAndNothing() {
        Response unreason = (Response) ((ParseResult.Parsed) datagram(RFC4475.get("unreason"))).message();
        assertTrue(unreason.reasonPhrase().startsWith("= 2**3 * 5**2 \u043d\u043e \u0441\u0442\u043e"));
        assertEquals("", ((Response) ((ParseResult.Parsed) datagram(RFC4475.get("noreason"))).message()).reasonPhrase());
    }

    @Test void onAStreamTheSecondRequestFollowsTheFirst() {
        StreamFramer framer = new StreamFramer(SipLimits.DEFAULT);
        framer.feed(ByteBuffer.wrap(RFC4475.get("dblreq")));
        assertEquals("ok REGISTER", verdict(framer.poll().orElseThrow()).substring(0, 11));
        assertEquals(Optional.of(new ParseResult.KeepAlive(false)), framer.poll());
        assertEquals("ok INVITE", verdict(framer.poll().orElseThrow()).substring(0, 9));
    }

    @Test void onAStreamTheLengthRules() {
        StreamFramer framer = new StreamFramer(SipLimits.DEFAULT);
        framer.feed(ByteBuffer.wrap(RFC4475.get("inv2543")));
        assertEquals("400", verdict(framer.poll().orElseThrow()));
        assertTrue(framer.isBroken());
        framer = new StreamFramer(SipLimits.DEFAULT);
        framer.feed(ByteBuffer.wrap(RFC4475.get("clerr")));
        assertTrue(framer.poll().isEmpty());
    }
}
