package io.earshot.sdk;

import io.earshot.api.Call;
import io.earshot.api.CallDialog;
import io.earshot.api.CallEvent;
import io.earshot.api.CallPath;
import io.earshot.api.CallQuality;
import io.earshot.api.CallRecord;
import io.earshot.api.Failure;
import io.earshot.api.PeerCapabilities;
import io.earshot.api.PhoneEvent;
import io.earshot.api.RegistrationDetails;
import io.earshot.api.RegistrationState;
import io.earshot.api.audio.AudioBridge;
import io.earshot.api.audio.ConferenceEvent;
import io.earshot.api.audio.MediaQueue;
import io.earshot.api.audio.PcmFrame;
import io.earshot.api.audio.RecordingEvent;
import io.earshot.api.audio.VoiceReport;
import io.earshot.api.calls.AnswerMode;
import io.earshot.api.calls.CallDetails;
import io.earshot.api.calls.InfoLink;
import io.earshot.api.chat.MessageEvent;
import io.earshot.api.chat.MessageOutcome;
import io.earshot.api.chat.QueuedMessage;
import io.earshot.api.chat.ReceivedMessage;
import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.identity.CallerVerification;
import io.earshot.api.identity.Passport;
import io.earshot.api.presence.Device;
import io.earshot.api.presence.LineState;
import io.earshot.api.presence.Mailbox;
import io.earshot.api.presence.Presence;
import io.earshot.api.presence.PresenceEvent;
import io.earshot.api.presence.WatchState;
import io.earshot.api.raw.SipMessageView;
import io.earshot.api.raw.SipTraffic;
import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.TransportCounters;
import io.earshot.api.tunnel.TunnelCounters;
import io.earshot.api.tunnel.TunnelVisit;
import java.util.Set;

/** What the table of wrong arguments leaves out, each group with its reason. */
final class NeverWrong {
    /** Made by the engine or a plug-in to tell something, and never taken from a program. Methods of theirs count all the same. */
    private static final Set<Class<?>> TOLD = Set.of(AnswerMode.class, AudioBridge.Connection.class, Call.Peer.class, CallDetails.class,
            CallDialog.class, CallEvent.class, CallPath.class, CallQuality.class, CallRecord.class, CallerVerification.class,
            ConferenceEvent.class,
            Device.class, DnsAnswer.class, Failure.class, Flow.class, InfoLink.class, LineState.class, Mailbox.class, MessageEvent.class,
            MessageOutcome.class, Passport.class, PeerCapabilities.class, PhoneEvent.class, Presence.Watcher.class, PresenceEvent.class,
            MediaQueue.MediaPacket.class, PcmFrame.class, RecordingEvent.class, QueuedMessage.class, ReceivedMessage.class,
            RegistrationDetails.class, RegistrationState.class, SipMessageView.class, SipTraffic.class, TransportCounters.class,
            TunnelCounters.class, TunnelVisit.class, VoiceReport.class, WatchState.class, io.earshot.api.VoipException.class);

    private NeverWrong() {
    }

    /** Tells whether plug-ins implement a type, or are given it by the engine: programs do not call it. */
    static boolean plugIn(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return type.getPackageName().endsWith(".spi") && (type.isInterface() && !type.isSealed() || outer != null && plugIn(outer));
    }

    /** Tells whether an argument belongs to the constructor of something that is only told. */
    static boolean told(ApiInventory.Argument argument) {
        Class<?> type = argument.element().getDeclaringClass();
        boolean made = argument.isComponent() || argument.element() instanceof java.lang.reflect.Constructor<?>;
        return made && (TOLD.contains(type) || type.getEnclosingClass() != null && TOLD.contains(type.getEnclosingClass()));
    }
}
