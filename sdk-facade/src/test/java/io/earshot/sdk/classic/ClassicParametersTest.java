package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.AccountConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassicParametersTest {
    private static ClassicParameters parse(String... arguments) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(arguments));
        assertEquals(List.of(), parsed.problems());
        return parsed.parameters();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "verbose|argument 'verbose' is no name=value",
        "=x|argument '=x' is no name=value",
        "serveradress=x|unknown parameter 'serveradress'; did you mean serveraddress?",
        "user=x|unknown parameter 'user'; did you mean username?",
        "zzz=1|unknown parameter 'zzz'",
        "register=3|parameter register=3: a whole number from 0 to 2 is wanted",
        "register=often|parameter register=often: a whole number from 0 to 2 is wanted",
        "autocall=maybe|parameter autocall=maybe: true or false (1 or 0) is wanted",
        "signalingport=70000|parameter signalingport=70000: a whole number from 0 to 65535 is wanted",
        "md5=0123|parameter md5 holds for one realm only: give realm too"})
    void aWrongArgumentIsNamedWithWhatIsWanted(String argument, String problem) {
        assertEquals(List.of(problem), ClassicParameters.parse(List.of(argument)).problems());
    }

    @Test
    void aSecretIsNotRepeatedInAProblem() {
        assertEquals(List.of("parameter password has a line break or control character in its value"),
                ClassicParameters.parse(List.of("password=a\nb")).problems());
    }

    @Test
    void namesAndAliasesAreComparedWithoutCaseAndTheLastCounts() {
        ClassicParameters parameters = parse("SipServerAddress=one", "SERVERADDRESS=two:5070", "AuthName=x", "Call=1", "username=a=b ");
        assertEquals("two:5070", parameters.text("serveraddress"));
        assertEquals("x", parameters.text("sipusername"));
        assertTrue(parameters.isOn("autocall"));
        assertEquals("a=b", parameters.text("username"));
        assertEquals(Optional.empty(), parameters.given("password"));
        assertEquals(90_000, parameters.number("ringtimeout"));
    }

    @Test
    void everyRowHasItsOwnNameAndAHelpLineAndAValidDefault() {
        List<String> names = ClassicRegistry.ROWS.stream().map(ClassicParameter::name).toList();
        assertEquals(names.size(), names.stream().distinct().count());
        for (ClassicParameter row : ClassicRegistry.ROWS) {
            boolean shown = row.effect() instanceof ParameterEffect.Implemented;
            assertEquals(shown, ClassicParameters.help().contains("  " + row.name() + " "), row::name);
            assertEquals(Optional.empty(), row.defect(row.standard()), row::name);
            assertTrue(ClassicParameters.explain(row.name()).orElseThrow().contains(row.summary()), row::name);
        }
    }

    @Test
    void defaultsAndWordsAndEncryptedValuesAreRead() {
        ClassicParameters parameters = parse("username=a", "username=DEF", "register=true", "events=false", "ringtimeout=5000",
                "ringtimeout=NULL",
                "password=encrypted__4__c2VjcmV0", "serveraddress=encrypted_4_aG9zdA==", "autocall=YES");
        assertEquals(Optional.empty(), parameters.given("username"));
        assertEquals(1, parameters.number("register"));
        assertEquals(0, parameters.number("events"));
        assertEquals(90_000, parameters.number("ringtimeout"));
        assertEquals("secret", parameters.text("password"));
        assertEquals("host", parameters.text("serveraddress"));
        assertTrue(parameters.isOn("autocall"));
    }

    @Test
    void whatCannotBeDecryptedIsNamedWithoutItsValue() {
        assertEquals(List.of("parameter password is encrypted by method 3, whose key this program does not have: give it as "
                + "encrypted__4__ and base64, or plain", "parameter password is to be base64 after encrypted__4__, and is not"),
                ClassicParameters.parse(List.of("password=encrypted__3__c2VjcmV0", "password=encrypted__4__***")).problems());
    }

    @Test
    void aParameterWithoutEffectIsToldOf() {
        assertEquals(List.of("parameter jsfunctionpath has no effect: pages get notifications from the control server by WebSocket or "
                + "server-sent events"), parse("jsfunctionpath=x", "username=a").withoutEffect());
    }

    @Test
    void oneValueMoreIsCheckedLikeTheRest() {
        ClassicParameters parameters = parse("ringtimeout=5000");
        assertEquals(7000, parameters.with("RingTimeout", "7000").parameters().number("ringtimeout"));
        assertEquals(List.of("parameter ringtimeout=x: a whole number from 1000 to 86400000 is wanted"),
                parameters.with("ringtimeout", "x").problems());
        assertEquals(5000, parameters.with("ringtimeout", "x").parameters().number("ringtimeout"));
        assertEquals(90_000, parameters.with("ringtimeout", "DEF").parameters().number("ringtimeout"));
    }

    @Test
    void parametersBecomeTheSettingsOfAnAccount() {
        ClassicConfig config = ClassicConfig.of(parse("serveraddress=example.com:5070", "username=alice", "password=secret",
                "displayname=Alice A", "proxyaddress=proxy.example.com", "registerinterval=300", "realm=r", "sipusername=auth",
                "callto=bob", "autocall=true", "ringtimeout=5000", "autoaccept=1"));
        AccountConfig account = config.account();
        assertEquals("sip:alice@example.com:5070", account.address());
        assertEquals("Alice A", account.displayName());
        assertEquals(Optional.of("auth"), account.authUser());
        assertEquals(Optional.of("proxy.example.com"), account.outboundProxy());
        assertEquals(Optional.of("r"), account.realm());
        assertEquals(Duration.ofMinutes(5), account.expires());
        assertTrue(config.register() && config.calls().autoAccept());
        assertEquals(Optional.of("bob"), config.callTo());
        assertEquals(Duration.ofSeconds(5), config.calls().options().ringTimeout());
    }

    @Test
    void registersOnlyWhenItCanUnlessToldOtherwise() {
        assertFalse(ClassicConfig.of(parse("serveraddress=x", "username=a")).register());
        assertTrue(ClassicConfig.of(parse("serveraddress=x", "username=a", "register=2")).register());
        assertFalse(ClassicConfig.of(parse("serveraddress=x", "username=a", "password=p", "register=0")).register());
        ClassicConfig hashed = ClassicConfig.of(parse("serveraddress=x", "username=a", "realm=r", "md5=00112233445566778899aabbccddeeff"));
        assertTrue(hashed.register());
        assertEquals(Optional.of("00112233445566778899aabbccddeeff"), hashed.account().ha1());
        assertEquals(Optional.empty(), ClassicConfig.of(parse("callto=bob")).callTo());
    }
}
