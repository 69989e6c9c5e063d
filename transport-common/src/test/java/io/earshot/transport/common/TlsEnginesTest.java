package io.earshot.transport.common;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.transport.spi.TlsConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

class TlsEnginesTest {
    private final TlsEngines engines = new TlsEngines(TlsConfig.DEFAULT.trustingOnly(List.of()), HostNames.Kind.SIP);

    private List<String> asksFor(String host) throws IOException {
        SSLEngine engine = engines.client(host, 5061);
        return engine.getSSLParameters().getServerNames().stream().map(SNIServerName::getEncoded)
            .map(name -> new String(name, StandardCharsets.US_ASCII)).toList();
    }

    @Test
    void asksForTheNameInAsciiAndWithoutTheDotAtItsEnd() throws IOException {
        assertEquals(List.of("sip.example.com"), asksFor("SIP.example.com."));
        assertEquals(List.of("xn--bcher-kva.example"), asksFor("b\u00fccher.example"));
    }

    @Test
    void aNameThatSniCannotCarryIsNoReasonToRefuseIt() throws IOException {
        assertEquals(List.of(), asksFor("pbx_1.lan"));
    }

    @Test
    void asksForNoAddress() throws IOException {
        assertEquals(List.of(), asksFor("192.0.2.1"));
        assertEquals(List.of(), asksFor("2001:db8::1"));
    }
}
