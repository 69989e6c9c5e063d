package io.earshot.benchmarks;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.ParseResult;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipLimits;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipParser;
import java.text.ParseException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Reading and writing the same INVITE with this library and with the JAIN-SIP reference implementation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SipMessageBenchmark {
    private final byte[] invite = SampleInvite.bytes();
    private final SipParser parser = new SipParser(SipLimits.DEFAULT);
    private final StringMsgParser jain = new StringMsgParser();
    private final SipMessage parsed = parse();
    private final SIPMessage jainParsed = jainParse();

    private SipMessage parse() {
        return ((ParseResult.Parsed) parser.parse(invite, 0, invite.length)).message();
    }

    private SIPMessage jainParse() {
        try {
            return jain.parseSIPMessage(invite, true, false, null);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Parses and reads Via and branch, From, To and tags, Call-ID, CSeq, Max-Forwards, Contact, Content-Type, Content-Length. */
    @Benchmark
    public void parseAndReadMandatory(Blackhole sink) {
        SipMessage m = parse();
        sink.consume(m.via().host());
        sink.consume(m.via().branch());
        sink.consume(m.from().uri());
        sink.consume(m.from().tag());
        sink.consume(m.to().uri());
        sink.consume(m.to().tag());
        sink.consume(m.callId());
        sink.consume(m.cseq().number());
        sink.consume(m.cseq().method());
        sink.consume(m.maxForwards());
        sink.consume(m.contacts().get(0).uri());
        sink.consume(m.contentType());
        sink.consume(m.bodyLength());
    }

    /** The same with JAIN-SIP. */
    @Benchmark
    public void jainParseAndReadMandatory(Blackhole sink) {
        SIPMessage m = jainParse();
        sink.consume(m.getTopmostVia().getHost());
        sink.consume(m.getTopmostVia().getBranch());
        sink.consume(m.getFrom().getAddress().getURI());
        sink.consume(m.getFromTag());
        sink.consume(m.getTo().getAddress().getURI());
        sink.consume(m.getToTag());
        sink.consume(m.getCallId().getCallId());
        sink.consume(m.getCSeq().getSeqNumber());
        sink.consume(m.getCSeq().getMethod());
        sink.consume(m.getMaxForwards().getMaxForwards());
        sink.consume(m.getContactHeader().getAddress().getURI());
        sink.consume(m.getContentTypeHeader().getContentType());
        sink.consume(m.getContentLength().getContentLength());
    }

    /** Parses and checks every header the layers above read, as the engine does with what comes from the network. */
    @Benchmark
    public void parseAndCheck(Blackhole sink) {
        SipMessage m = parse();
        sink.consume(m.check());
    }

    /** The wire form of a message that was parsed. */
    @Benchmark
    public byte[] write() {
        return parsed.toBytes();
    }

    /** The same with JAIN-SIP. */
    @Benchmark
    public byte[] jainWrite() {
        return jainParsed.encodeAsBytes("udp");
    }

    /** A message relayed with one more Via: builder, text, bytes. */
    @Benchmark
    public byte[] addViaAndWrite() {
        return parsed.toBuilder().prepend(HeaderName.VIA, parsed.via()).build().toBytes();
    }

    /** A request made from nothing. */
    @Benchmark
    public byte[] buildAndWrite() {
        return Request.builder(SipMethod.INVITE, ((Request) parsed).requestUri())
            .add(HeaderName.VIA, parsed.via())
            .add(HeaderName.MAX_FORWARDS, 70)
            .add(HeaderName.FROM, parsed.from())
            .add(HeaderName.TO, parsed.to())
            .add(HeaderName.CALL_ID, parsed.callId())
            .add(HeaderName.CSEQ, parsed.cseq())
            .add(HeaderName.CONTACT, parsed.contacts().get(0))
            .build().toBytes();
    }

    /** Looks one header up by name and makes it text. */
    @Benchmark
    public Object headerValue() {
        return parsed.value(HeaderName.USER_AGENT);
    }

    /** The same with JAIN-SIP, which made the text when it parsed. */
    @Benchmark
    public Object jainHeaderValue() {
        return jainParsed.getHeader("User-Agent");
    }
}
