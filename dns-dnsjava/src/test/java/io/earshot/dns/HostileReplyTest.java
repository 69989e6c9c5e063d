package io.earshot.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.dns.spi.DnsAnswer;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Whatever bytes come, reading them is a verdict. */
class HostileReplyTest {
    private static final int ID = 0x1234;

    private static Name name(String text) throws Exception {
        return Name.fromString(text, Name.root);
    }

    private static Message answerTo(Name name, int type) {
        Message message = new Message(ID);
        message.getHeader().setFlag(Flags.QR);
        message.addRecord(org.xbill.DNS.Record.newRecord(name, type, DClass.IN), Section.QUESTION);
        return message;
    }

    @Test
    void mutatedAnswersNeverThrowAndHoldNoMoreThanTheLimit() throws Exception {
        Name asked = name("sip.example.test");
        Message message = answerTo(asked, Type.SRV);
        message.addRecord(new CNAMERecord(asked, DClass.IN, 60, name("a.example.test")), Section.ANSWER);
        for (int i = 0; i < 20; i++) {
            message.addRecord(new SRVRecord(name("a.example.test"), DClass.IN, 60, i, i, 5060, name("h" + i + ".example.test")),
                    Section.ANSWER);
            message.addRecord(new NAPTRRecord(asked, DClass.IN, 60, i, i, "s", "SIP+D2U", "", asked), Section.ADDITIONAL);
        }
        byte[] good = message.toWire();
        SplittableRandom chance = new SplittableRandom(42);
        Map<String, Integer> verdicts = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Arrays.copyOf(good, chance.nextInt(10) == 0 ? chance.nextInt(good.length + 1) : good.length);
            for (int flips = chance.nextInt(8); flips > 0 && bytes.length > 2; flips--) {
                bytes[2 + chance.nextInt(bytes.length - 2)] = (byte) chance.nextInt(256);
            }
            Reply.Verdict verdict = Reply.read(bytes, new Reply.Asked(ID, asked, Type.SRV), DnsLimits.DEFAULT);
            verdicts.merge(verdict.getClass().getSimpleName(), 1, Integer::sum);
            if (verdict instanceof Reply.Verdict.Done done && done.answer() instanceof DnsAnswer.Found found) {
                assertTrue(found.records().size() <= DnsLimits.DEFAULT.records());
                assertTrue(found.ttlSeconds() >= 0);
            }
        }
        assertTrue(verdicts.keySet().containsAll(java.util.List.of("Ignore", "Done", "Trouble", "Truncated")), verdicts.toString());
    }

    @Test
    void recordsOfOtherNamesAreNotTaken() throws Exception {
        Name asked = name("sip.example.test");
        Message message = answerTo(asked, Type.A);
        message.addRecord(new ARecord(name("evil.test"), DClass.IN, 60, InetAddress.getByName("6.6.6.6")), Section.ANSWER);
        message.addRecord(new ARecord(asked, DClass.IN, 60, InetAddress.getByName("192.0.2.1")), Section.ADDITIONAL);
        Reply.Verdict.Done done = assertInstanceOf(Reply.Verdict.Done.class,
                Reply.read(message.toWire(), new Reply.Asked(ID, asked, Type.A), DnsLimits.DEFAULT));
        assertEquals(new DnsAnswer.Found(java.util.List.of(), 0), done.answer());
    }

    @Test
    void anAddressDoesNotCarryTheNameItWasFoundUnder() throws Exception {
        Name asked = name("sip.example.test");
        Message message = answerTo(asked, Type.A);
        message.addRecord(new ARecord(asked, DClass.IN, 60, InetAddress.getByName("192.0.2.1")), Section.ANSWER);
        Reply.Verdict.Done done = assertInstanceOf(Reply.Verdict.Done.class,
                Reply.read(message.toWire(), new Reply.Asked(ID, asked, Type.A), DnsLimits.DEFAULT));
        DnsAnswer.Address first = (DnsAnswer.Address) ((DnsAnswer.Found) done.answer()).records().get(0);
        assertEquals("/192.0.2.1", first.address().toString());
    }
}
