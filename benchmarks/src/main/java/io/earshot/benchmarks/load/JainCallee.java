package io.earshot.benchmarks.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sip.ClientTransaction;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.ListeningPoint;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** The JAIN-SIP reference implementation with its default settings but for logging, doing what {@link CoreCallee} does. */
final class JainCallee implements Callee, SipListener {
    private final SipStack stack;
    private final SipProvider provider;
    private final MessageFactory messages;
    private final HeaderFactory headers;
    private final AddressFactory addresses;
    private final ContactHeader contact;
    private final int port;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger tags = new AtomicInteger();
    /** What a program on this stack keeps of a registration, to refresh it. */
    private final List<Request> registrations = Collections.synchronizedList(new ArrayList<>());
    private final BlockingQueue<Integer> registered = new LinkedBlockingQueue<>();

    JainCallee(int port) throws Exception {
        this.port = port;
        SipFactory factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        Properties settings = new Properties();
        settings.setProperty("javax.sip.STACK_NAME", "callee");
        settings.setProperty("gov.nist.javax.sip.TRACE_LEVEL", "0");
        settings.setProperty("gov.nist.javax.sip.LOG_MESSAGE_CONTENT", "false");
        stack = factory.createSipStack(settings);
        messages = factory.createMessageFactory();
        headers = factory.createHeaderFactory();
        addresses = factory.createAddressFactory();
        ListeningPoint point = stack.createListeningPoint("127.0.0.1", port, "udp");
        provider = stack.createSipProvider(point);
        provider.addSipListener(this);
        SipURI uri = addresses.createSipURI("callee", "127.0.0.1");
        uri.setPort(port);
        contact = headers.createContactHeader(addresses.createAddress(uri));
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public int calls() {
        return calls.get();
    }

    @Override
    public void register(int accounts, int registrarPort) throws Exception {
        for (int i = 0; i < accounts; i++) {
            Address user = addresses.createAddress("sip:user" + (registrations.size() + 1) + "@127.0.0.1:" + registrarPort);
            Request request = messages.createRequest(addresses.createURI("sip:127.0.0.1:" + registrarPort), Request.REGISTER,
                provider.getNewCallId(), headers.createCSeqHeader(1L, Request.REGISTER),
                headers.createFromHeader(user, "t" + tags.incrementAndGet()), headers.createToHeader(user, null),
                new ArrayList<>(List.of(headers.createViaHeader("127.0.0.1", port, "udp", null))), headers.createMaxForwardsHeader(70));
            request.addHeader(contact);
            request.addHeader(headers.createExpiresHeader(3600));
            ClientTransaction transaction = provider.getNewClientTransaction(request);
            transaction.sendRequest();
            if (registered.poll(10, TimeUnit.SECONDS) == null) {
                throw new IllegalStateException("account " + i + " is not registered after 10 s");
            }
            registrations.add(request);
        }
    }

    @Override
    public void processRequest(RequestEvent event) {
        try {
            ServerTransaction transaction = event.getServerTransaction();
            Request request = event.getRequest();
            if (request.getMethod().equals(Request.INVITE)) {
                if (transaction == null) {
                    transaction = provider.getNewServerTransaction(request);
                }
                String tag = "a" + tags.incrementAndGet();
                transaction.sendResponse(reply(180, request, tag));
                Response success = reply(200, request, tag);
                success.setContent(CoreCallee.SDP, headers.createContentTypeHeader("application", "sdp"));
                transaction.sendResponse(success);
                calls.incrementAndGet();
            } else if (request.getMethod().equals(Request.BYE)) {
                transaction.sendResponse(messages.createResponse(200, request));
                calls.decrementAndGet();
            }
        } catch (Exception failed) {
            System.err.println("JAIN-SIP: " + failed);
        }
    }

    private Response reply(int status, Request request, String tag) throws Exception {
        Response response = messages.createResponse(status, request);
        ((ToHeader) response.getHeader(ToHeader.NAME)).setTag(tag);
        response.addHeader(contact);
        return response;
    }

    @Override
    public void processResponse(ResponseEvent event) {
        if (event.getResponse().getStatusCode() == 200) {
            registered.add(1);
        } else if (event.getResponse().getStatusCode() > 200) {
            System.err.println("JAIN-SIP: " + event.getResponse().getStatusCode() + " " + event.getResponse().getReasonPhrase());
        }
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        System.err.println("JAIN-SIP: time-out");
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        System.err.println("JAIN-SIP: I/O error");
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
    }

    @Override
    public void close() {
        stack.stop();
    }
}
