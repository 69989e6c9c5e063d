package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.text;

import java.util.List;

/** Names that programs of other systems know; what they are here. */
final class ForeignRows {
    static final List<ClassicParameter> ROWS = ParameterGroup.FOREIGN.rows(
            text("android.SipProfile.Builder.domain", "", "of android.net.sip").mapped("AccountConfig.of, the part behind the @"),
            text("android.SipProfile.Builder.username", "", "of android.net.sip").mapped("AccountConfig.of, the part before the @"),
            text("android.SipProfile.Builder.setPassword", "", "of android.net.sip").mapped("AccountConfig.withPassword"),
            text("android.setSpeakerMode", "", "of android.net.sip").mapped("audiodeviceout"),
            text("android.answerCall.timeout", "", "of android.net.sip").mapped("IncomingCall.answer and its future's orTimeout"),
            text("android.makeAudioCall.timeout", "", "of android.net.sip").mapped("CallOptions.withRingTimeout"),
            text("android.makeAudioCall.listener", "", "of android.net.sip").mapped("Phone and Call listeners"),
            text("android.incomingCallPendingIntent", "", "of android.net.sip").mapped("PhoneEvent.Incoming to a listener"),
            text("android.hardware.microphone", "", "of android.net.sip").mapped("nothing: a missing microphone is a normal state"),
            text("android.hardware.wifi", "", "of android.net.sip").mapped("nothing: every network does"),
            text("android.minSdkVersion", "", "of android.net.sip").mapped("Java 17"),
            text("android.software.sip.voip", "", "of android.net.sip").mapped("nothing: this SDK is it"),
            text("android.permission.INTERNET", "", "of android.net.sip").mapped("nothing: the JVM asks for no permission"),
            text("android.permission.USE_SIP", "", "of android.net.sip").mapped("nothing: the JVM asks for no permission"),
            text("pjsua.PJSUA_MAX_CALLS", "", "of PJSUA").mapped("maxsimcalls, CallLimits.withMostCalls"),
            text("pjsua.call_answer.code", "", "of PJSUA").mapped("IncomingCall.answer, ring and reject"),
            text("pjsua.call_hangup.code", "", "of PJSUA").mapped("IncomingCall.reject with a status"),
            text("pjsua.call_make_call.options", "", "of PJSUA").mapped("CallOptions"),
            text("pjsua.call_update.options", "", "of PJSUA").mapped("nothing: it had to be 0"),
            text("pjsua.send_im.mime_type", "", "of PJSUA").mapped("OutgoingMessage with a content type"),
            text("pjsua.nat_type_in_sdp", "", "of PJSUA").mapped("nothing: the peer does not need it"),
            text("pjsua.PJSUA_XFER_NO_REQUIRE_REPLACES", "", "of PJSUA").mapped("TransferOptions; Require: replaces is never sent"),
            text("jssip.authorization_user", "", "of JsSIP").mapped("sipusername"),
            text("jssip.display_name", "", "of JsSIP").mapped("displayname"),
            text("jssip.no_answer_timeout", "", "of JsSIP").mapped("ringtimeout"),
            text("jssip.node_websocket_options", "", "of JsSIP").mapped("WebSockets"),
            text("jssip.node_websocket_options.clientConfig", "", "of JsSIP").mapped("PhoneBuilder.tls"),
            text("jssip.node_websocket_options.headers", "", "of JsSIP").mapped("WebSockets"),
            text("jssip.node_websocket_options.origin", "", "of JsSIP").mapped("WebSockets"),
            text("jssip.node_websocket_options.requestOptions", "", "of JsSIP").mapped("PhoneBuilder.tls"),
            text("jssip.password", "", "of JsSIP").mapped("password"),
            text("jssip.register", "", "of JsSIP").mapped("register"),
            text("jssip.register_expires", "", "of JsSIP").mapped("registerinterval"),
            text("jssip.registrar_server", "", "of JsSIP").mapped("serveraddress"),
            text("jssip.uri", "", "of JsSIP").mapped("username and serveraddress"),
            text("jssip.ws_servers[].weight", "", "of JsSIP").mapped("WebSockets.of with weights"),
            text("jssip.ws_servers[].ws_uri", "", "of JsSIP").mapped("ws_servers"),
            text("jssip.connection_recovery_max_interval", "", "of JsSIP").mapped("connection_recovery_max_interval"),
            text("jssip.connection_recovery_min_interval", "", "of JsSIP").mapped("connection_recovery_min_interval"),
            text("jssip.hack_ip_in_contact", "", "of JsSIP").mapped("hack_ip_in_contact"),
            text("jssip.hack_via_tcp", "", "of JsSIP").mapped("hack_via_tcp"),
            text("jssip.hack_via_ws", "", "of JsSIP").mapped("hack_via_ws"),
            text("jssip.session_timers", "", "of JsSIP").mapped("session_timers"),
            text("jssip.use_preloaded_route", "", "of JsSIP").mapped("use_preloaded_route"),
            text("jssip.ws_servers", "", "of JsSIP").mapped("ws_servers"));

    private ForeignRows() {
    }
}
