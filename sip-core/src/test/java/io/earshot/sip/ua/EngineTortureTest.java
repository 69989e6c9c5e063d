package io.earshot.sip.ua;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.id.IdSource;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.Torture;
import io.earshot.sip.message.Uri;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a phone answers to each message of RFC 4475 and RFC 5118: the status it sends, "call" where its user hears of a call, "-" where
 * it says nothing. A phone is no registrar (405) and knows no dialog of theirs (481); it does not forward, so that Max-Forwards 0 is no
 * matter; an INVITE that leaves no Contact (inv2543) it could not hang up, and refuses.
 */
@Tag("rfc3261")
@Tag("rfc4475")
@Tag("rfc5118")
class EngineTortureTest {
    private static String verdict(byte[] message) {
        SipEngine engine = new SipEngine(EngineConfig.defaults(), IdSource.seeded(4475), (protocol, peer) -> Optional.of(Wires.HERE));
        engine.addAccount(AccountSettings.builder(Uri.parse("sip:user@example.com")).build(), 0);
        engine.onReceived(new Flow("UDP", Wires.HERE, Wires.at("192.0.2.1", 5060), 0), ByteBuffer.wrap(message), 0);
        StringJoiner out = new StringJoiner(" ");
        out.setEmptyValue("-");
        for (EngineOutput next = engine.poll(); !(next instanceof EngineOutput.Wait); next = engine.poll()) {
            if (next instanceof EngineOutput.Transmit transmit) {
                out.add(Phone.brief(transmit.message()).split(" ")[0]);
            } else if (next instanceof EngineOutput.Event event && event.event() instanceof SipEvent.IncomingCall) {
                out.add("call");
            } else if (next instanceof EngineOutput.Event event && event.event() instanceof SipEvent.InternalError defect) {
                throw new AssertionError(defect.where(), defect.cause());
            }
        }
        return out.toString();
    }

    private static void check(String resource, String expected) {
        Map<String, String> found = new TreeMap<>();
        Torture.load(resource).forEach((name, message) -> found.put(name, verdict(message)));
        assertEquals("{" + expected + "}", found.toString());
    }

    @Test
    void rfc4475() {
        check("rfc4475.txt", "badaspec=400, badbranch=200, baddate=call, baddn=400, badinv01=400, badvers=505, bcast=-, bext01=420, "
            + "bigcode=-, clerr=400, cparam01=405, cparam02=405, dblreq=405, esc01=call, esc02=501, escnull=405, "
            + "escruri=400, insuf=400, intmeth=501, inv2543=400, invut=415, longreq=call, ltgtruri=400, lwsdisp=200, "
            + "lwsruri=400, lwsstart=400, mcl01=400, mismatch01=400, mismatch02=400, mpart01=200, multi01=400, ncl=400, "
            + "noreason=-, novelsc=416, quotbal=400, regaut01=405, regbadct=400, regescrt=405, scalar02=400, scalarlg=-, "
            + "sdp01=406, semiuri=200, transports=200, trws=400, unkscm=416, unksm2=405, unreason=-, wsinv=481, "
            + "zeromf=200");
    }

    @Test
    void rfc5118() {
        check("rfc5118.txt", "ipv4-mapped-ipv6=call, ipv6-bad=400, ipv6-bug-abnf-3-colons=200, ipv6-correct-abnf-2-colons=200, "
            + "ipv6-good=405, ipv6-in-sdp=call, mult-ip-in-header=481, mult-ip-in-sdp=call, port-ambiguous=405, "
            + "port-unambiguous=405, via-received-param-no-delim=200, via-received-param-with-delim=481");
    }
}
