package io.earshot.sip.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("rfc3261")
class AuthHeaderTest {
    @Test
    void keepsTheOrderOfParametersAndTheSpellingOfTheScheme() {
        AuthHeader header = AuthHeader.parse("DiGeSt B=1, a=\"2\" , C = 3").get(0);
        assertEquals("DiGeSt", header.scheme());
        assertTrue(header.isDigest());
        assertEquals(List.of("b", "a", "c"), List.copyOf(header.params().keySet()));
        assertEquals(Map.of("b", "1", "a", "2", "c", "3"), header.params());
        assertEquals(Optional.empty(), header.get("d"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Digest a=\"\"|", "Digest a=\"x\\\"y\"|x\"y", "Digest a=\"\\\\\"|\\", "Digest a=\"\\a\\b\"|ab", "Digest a=\"b, c=d\"|b, c=d",
        "Digest a=sip:x@y/z;p|sip:x@y/z;p", "Digest a=\"tab\there\"|tab\there"})
    void valuesLoseQuotesAndEscapes(String text, String value) {
        assertEquals(value == null ? "" : value, AuthHeader.parse(text).get(0).get("a").orElseThrow());
    }

    @Test
    void tellsWhetherANameCameTwice() {
        assertFalse(AuthHeader.parse("Digest a=1, b=1").get(0).repeated());
        assertTrue(AuthHeader.parse("Digest a=1, A=1").get(0).repeated());
        List<AuthHeader> two = AuthHeader.parse("Digest a=1, a=2, Digest a=3");
        assertEquals(List.of(true, false), two.stream().map(AuthHeader::repeated).toList());
    }

    @Test
    void flagsAreTrueInAnyCaseAndOnlyThen() {
        AuthHeader header = AuthHeader.parse("Digest a=TRUE, b=\"true\", c=false, d=1").get(0);
        assertEquals(List.of(true, true, false, false, false),
            List.of(header.flag("a"), header.flag("b"), header.flag("c"), header.flag("d"), header.flag("e")));
    }

    @Test
    void stopsAtADefectButKeepsWhatCameBefore() {
        List<AuthHeader> found = AuthHeader.parse("Digest a=1, Digest b=\"open, Digest c=3");
        assertEquals(List.of("Digest", "Digest"), found.stream().map(AuthHeader::scheme).toList());
        assertEquals(Map.of(), found.get(1).params());
        assertEquals(1, AuthHeader.parse("Digest a=1, \"stray\", Digest b=2").size());
    }

    @Test
    void token68OfOtherSchemesDoesNotSwallowWhatFollows() {
        List<AuthHeader> found = AuthHeader.parse("Negotiate YII=, NTLM TlRM==, Digest a=1");
        assertEquals("1", found.get(found.size() - 1).get("a").orElseThrow());
        assertTrue(found.get(found.size() - 1).isDigest());
    }
}
