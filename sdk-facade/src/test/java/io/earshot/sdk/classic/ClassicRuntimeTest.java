package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Phone;
import io.earshot.api.audio.AudioDevices.Role;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters that are set while the phone runs reach the engine, and the default takes it back to where it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClassicRuntimeTest {
    private static final Map<String, Function<ClassicPhone, Object>> SEEN = new TreeMap<>(Map.of(
            "rules", phone -> engine(phone).callRules(),
            "codecs", phone -> engine(phone).codecs(),
            "tones", phone -> engine(phone).callSounds(),
            "devices", phone -> List.of(Role.values()).stream().map(role -> engine(phone).audioDevices().choice(role).toString()
                    + engine(phone).audioDevices().volume(role)).toList(),
            "calls", phone -> phone.calls().options(),
            "account", phone -> phone.parts().accounts().config(),
            "transfers", phone -> ClassicTransfers.Settings.of(phone.parameters()).options(),
            "presence", phone -> phone.config().presence(),
            "config", phone -> List.of(phone.config().calls(), phone.config().events()),
            "chat", phone -> ClassicChat.Settings.of(phone.parameters())));
    private ClassicPhone phone;

    private static Phone engine(ClassicPhone phone) {
        return phone.running().orElseThrow().phone();
    }

    @BeforeAll
    void start() {
        phone = new ClassicPhone(ClassicParameters.parse(List.of("serveraddress=127.0.0.1:9", "username=a", "password=p", "register=0",
                "localip=127.0.0.1", "waitforunregister=100")).parameters(), told -> { });
        assertTrue(phone.start());
    }

    @AfterAll
    void stop() {
        phone.close();
    }

    @ParameterizedTest
    @CsvSource({"rules, rejectonbusy=true", "rules, maxsimcalls=2", "rules, blacklist=eve", "rules, callforwardalways=bob",
        "rules, callforwardonbusy=bob", "rules, callforwardonnoanswer=bob", "rules, callforwardonnoanswertimeout=3",
        "rules, calltransferalways=bob", "rules, autoignore=1", "rules, rejectcallto=1", "rules, techprefix=9", "rules, normalizenumber=1",
        "rules, numrewriterules=00;+;5;20", "rules, enabledirectcalls=3", "rules, mustconnect=true", "rules, disablesamecall=0",
        "rules, redialonfail=0", "rules, callretryonreject=0", "rules, codecretry=false", "rules, allowrecall=0",
        "codecs, prefcodec=pcma", "codecs, use_g722=0", "codecs, use_pcmu=0", "codecs, silencesuppress=1", "codecs, codecframecount=3",
        "codecs, setfinalcodec=3", "codecs, alwaysallowlowcodec=0", "codecs, disablewbforpstn=2", "codecs, use_opuswb=0",
        "tones, playring=0", "tones, ringincall=2", "tones, playdisc=3", "tones, beeponconnect=4", "tones, nostopring=1",
        "tones, changesptoring=0", "devices, volumein=20", "devices, volumeout=20", "devices, volumering=20", "devices, audiodevicein=None",
        "devices, audiodeviceout=None", "devices, audiodevicering=None", "devices, useaudiodevicerecord=false",
        "devices, useaudiodeviceplayback=false", "devices, enableaudiostreams=0", "calls, ringtimeout=5000", "config, calltimeout=5000",
        "config, timer2=20", "config, autoaccept=true", "config, events=1", "account, username=b", "account, password=q",
        "account, displayname=B", "account, serveraddress=127.0.0.1:99", "account, sipusername=c", "account, proxyaddress=127.0.0.1:98",
        "account, realm=r", "account, authtype=1", "account, registerinterval=300", "account, needunregister=false",
        "account, unbindbeforeregister=0", "account, acceptsrvexpire=2", "account, backupserver=127.0.0.1:97",
        "account, customsipheader=X-A: 1", "transfers, transfertype=1", "transfers, newdialogforrefer=1", "transfers, discontransfer=0",
        "transfers, useserverdomainforrefer=1", "presence, enablepresence=0", "presence, enableblf=0", "presence, presenceexpire=60",
        "presence, autoacceptpresencrequests=2", "presence, voicemail=0", "presence, voicemailnum=9", "presence, email=a@b.example",
        "presence, upresence_bob=Away", "presence, blfuserlist=bob", "chat, textmessaging=0", "chat, offlinechat=2"})
    void aChangeReachesTheRunningPhone(String where, String argument) {
        Function<ClassicPhone, Object> seen = SEEN.get(where);
        Object before = seen.apply(phone);
        String name = argument.substring(0, argument.indexOf('='));
        String old = phone.parameters().text(name);
        assertTrue(phone.set(List.of(argument)), argument);
        assertNotEquals(before, seen.apply(phone), argument + " changed nothing");
        assertTrue(phone.set(List.of(name + "=" + (List.of("serveraddress", "username", "password").contains(name) ? old : "DEF"))));
        assertEquals(before, seen.apply(phone), "back to what it was");
        assertEquals(ClassicParameter.Change.LIVE, ClassicRegistry.find(name).orElseThrow().change(), name);
    }
}
