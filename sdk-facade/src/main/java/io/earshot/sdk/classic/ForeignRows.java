package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.secret;
import static io.earshot.sdk.classic.ClassicParameter.text;

import java.util.List;

/** Names that programs of android.net.sip and PJSUA know; what they are here. */
final class ForeignRows {
    static final List<ClassicParameter> ROWS = ParameterGroup.FOREIGN.rows(
            text("android.SipProfile.Builder.domain", "", "SIP server"),
            text("android.SipProfile.Builder.username", "", "SIP user name"),
            secret("android.SipProfile.Builder.setPassword", "SIP password"),
            text("android.setSpeakerMode", "", "of android.net.sip").mapped("audiodeviceout"),
            text("android.answerCall.timeout", "", "of android.net.sip").mapped("IncomingCall.answer and its future's orTimeout"),
            number("android.makeAudioCall.timeout", 0, 86_400, 0, "seconds that calls may ring; 0 for the default of ringtimeout"),
            text("android.makeAudioCall.listener", "", "of android.net.sip").mapped("Phone and Call listeners"),
            text("android.incomingCallPendingIntent", "", "of android.net.sip").mapped("PhoneEvent.Incoming to a listener"),
            text("android.hardware.microphone", "", "of android.net.sip").mapped("nothing: a missing microphone is a normal state"),
            text("android.hardware.wifi", "", "of android.net.sip").mapped("nothing: every network does"),
            text("android.minSdkVersion", "", "of android.net.sip").mapped("Java 17"),
            text("android.software.sip.voip", "", "of android.net.sip").mapped("nothing: this SDK is it"),
            text("android.permission.INTERNET", "", "of android.net.sip").mapped("nothing: the JVM asks for no permission"),
            text("android.permission.USE_SIP", "", "of android.net.sip").mapped("nothing: the JVM asks for no permission"),
            text("pjsua.call_make_call.options", "", "of PJSUA").mapped("CallOptions"),
            text("pjsua.call_update.options", "", "of PJSUA").mapped("nothing: it had to be 0"),
            number("pjsua.nat_type_in_sdp", 0, 2, 0,
                    "1 and 2 tell peers the kind of NAT in front of us (a=X-nat) once stunserver has told it"));

    private ForeignRows() {
    }
}
