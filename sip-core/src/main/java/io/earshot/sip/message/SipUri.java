package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code sip:} or {@code sips:} URI (RFC 3261 §19.1.1). Every part keeps its escapes as written, so that a URI goes out as it came
 * in; {@link #decodedUser()} is for people. {@link #equals} compares the parts exactly, {@link #equivalent} by RFC 3261 §19.1.4.
 */
public final class SipUri implements Uri {
    private final boolean secure;
    private final String user;
    private final String password;
    private final String host;
    private final int port;
    private final Parameters parameters;
    private final String headers;

    SipUri(boolean secure, String user, String password, String host, int port, Parameters parameters, String headers) {
        this.secure = secure;
        this.user = user;
        this.password = password;
        this.host = host;
        this.port = port;
        this.parameters = parameters;
        this.headers = headers;
    }

    /**
     * Returns {@code sip:host}.
     *
     * @param host a name or address; an IPv6 address with or without brackets
     * @throws IllegalArgumentException if it is neither
     */
    public static SipUri ofHost(String host) {
        return new SipUri(false, null, null, Hosts.require(host), -1, Parameters.NONE, null);
    }

    /** Returns {@code sip:user@host}; characters of {@code user} that need it are escaped. */
    public static SipUri of(String user, String host) {
        return ofHost(host).withUser(user);
    }

    @Override
    public String scheme() {
        return secure ? "sips" : "sip";
    }

    /** Returns whether the scheme is {@code sips}. */
    public boolean isSecure() {
        return secure;
    }

    /** Returns the user part with its escapes; empty if there is none. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** Returns the user part with escapes decoded as UTF-8; empty if there is none. */
    public Optional<String> decodedUser() {
        return user().map(Escapes::decode);
    }

    /** Returns the password with its escapes. */
    public Optional<String> password() {
        return Optional.ofNullable(password);
    }

    /** Returns the host as written, an IPv6 address without its brackets. */
    public String host() {
        return host;
    }

    /** Returns the port, 1 to 65535, or -1 if none is given. */
    public int port() {
        return port;
    }

    /** Returns the URI parameters. */
    public Parameters parameters() {
        return parameters;
    }

    /** Returns the headers component with its escapes, {@code a=b&c=d}; empty if there is none. */
    public Optional<String> headers() {
        return Optional.ofNullable(headers);
    }

    /** Returns the headers component as pairs of a name and a value, without escapes and in order; what has no name is left out. */
    public List<Map.Entry<String, String>> headerFields() {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String field : headers == null ? new String[0] : headers.split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.add(Map.entry(Escapes.decode(field.substring(0, equals)), Escapes.decode(field.substring(equals + 1))));
            }
        }
        return fields;
    }

    /** Returns the transport parameter in lower case; empty if there is none. */
    public Optional<String> transport() {
        return parameters.get("transport").map(Chars::lowerCase);
    }

    /** Returns whether the {@code lr} parameter marks a loose router (RFC 3261 §16.12). */
    public boolean isLooseRouter() {
        return parameters.has("lr");
    }

    /** Returns the same URI with another user; characters that need it are escaped, {@code %} included. */
    public SipUri withUser(String newUser) {
        return new SipUri(secure, Escapes.encode(requireNonNull(newUser, "user"), Chars.USER), password, host, port, parameters, headers);
    }

    /** Returns the same URI without user and password. */
    public SipUri withoutUser() {
        return new SipUri(secure, null, null, host, port, parameters, headers);
    }

    /** Returns the same URI with another host. */
    public SipUri withHost(String newHost) {
        return new SipUri(secure, user, password, Hosts.require(newHost), port, parameters, headers);
    }

    /** Returns the same URI with another port; -1 removes it. */
    public SipUri withPort(int newPort) {
        if (newPort != -1 && (newPort < 1 || newPort > 65535)) {
            throw new IllegalArgumentException("port out of range: " + newPort);
        }
        return new SipUri(secure, user, password, host, newPort, parameters, headers);
    }

    /** Returns the same URI with scheme {@code sip} or {@code sips}. */
    public SipUri withSecure(boolean newSecure) {
        return new SipUri(newSecure, user, password, host, port, parameters, headers);
    }

    /** Returns the same URI with a parameter set; characters of the value that need it are escaped. */
    public SipUri withParameter(String name, String value) {
        return withParameters(parameters.put(name, Escapes.encode(value, Chars.PARAM)));
    }

    /** Returns the same URI with a parameter without value. */
    public SipUri withParameter(String name) {
        return withParameters(parameters.with(name));
    }

    /** Returns the same URI without a parameter. */
    public SipUri withoutParameter(String name) {
        return withParameters(parameters.without(name));
    }

    /** Returns the same URI without parameters. */
    public SipUri withoutParameters() {
        return withParameters(Parameters.NONE);
    }

    private SipUri withParameters(Parameters newParameters) {
        return new SipUri(secure, user, password, host, port, newParameters, headers);
    }

    /** Returns the same URI with one more header in its headers component, such as Replaces in a Refer-To; what needs it is escaped. */
    public SipUri withHeader(String name, String value) {
        String header = Escapes.encode(name, Chars.HEADER) + '=' + Escapes.encode(value, Chars.HEADER);
        String joined = headers == null ? header : headers + '&' + header;
        return new SipUri(secure, user, password, host, port, parameters, joined);
    }

    /** Returns the same URI without the headers component, which a Request-URI must not have (RFC 3261 §19.1.1 table 1). */
    public SipUri withoutHeaders() {
        return new SipUri(secure, user, password, host, port, parameters, null);
    }

    @Override
    public boolean equivalent(Uri other) {
        return other instanceof SipUri uri && UriEquality.equivalent(this, uri);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SipUri uri && secure == uri.secure && port == uri.port && host.equals(uri.host)
            && user().equals(uri.user()) && password().equals(uri.password()) && parameters.equals(uri.parameters)
            && headers().equals(uri.headers());
    }

    @Override
    public int hashCode() {
        return 31 * (31 * host.hashCode() + (user == null ? 0 : user.hashCode())) + port;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(64).append(secure ? "sips:" : "sip:");
        if (user != null) {
            out.append(user);
            if (password != null) {
                out.append(':').append(password);
            }
            out.append('@');
        }
        Hosts.append(out, host, port);
        parameters.appendTo(out);
        if (headers != null) {
            out.append('?').append(headers);
        }
        return out.toString();
    }
}
