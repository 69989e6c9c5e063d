package io.earshot.sip.ua;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The accounts of an engine. */
final class Accounts {
    private final Context context;
    private final Map<AccountId, Account> accounts = new LinkedHashMap<>();
    private final List<Account> leaving = new ArrayList<>();
    private long last;

    Accounts(Context context) {
        this.context = context;
    }

    AccountId add(AccountSettings settings) {
        AccountId id = new AccountId(++last);
        accounts.put(id, new Account(id, settings, context));
        settings.extras().calls().ifPresent(policy -> policy.declare(context.extensions));
        return id;
    }

    Optional<Account> get(AccountId id) {
        return Optional.ofNullable(accounts.get(id));
    }

    /** Returns the account when there is just one. */
    Optional<Account> only() {
        return accounts.size() == 1 ? accounts.values().stream().findFirst() : Optional.empty();
    }

    void remove(AccountId id, long now) {
        Account account = accounts.remove(id);
        if (account != null) {
            account.unregister(now);
            leaving.add(account);
        }
    }

    void shutdown(long now) {
        accounts.values().forEach(account -> account.unregister(now));
    }

    boolean isIdle() {
        leaving.removeIf(Account::isIdle);
        return leaving.isEmpty() && accounts.values().stream().allMatch(Account::isIdle);
    }

    /** Tells whether an address is that of the server that this account is registered at. */
    boolean isServer(AccountId id, InetAddress host) {
        return get(id).filter(account -> account.isAt(host)).isPresent();
    }

    /** Something went wrong on the way to this peer: registrations over it are renewed at once. */
    void onFlowClosed(Flow flow, long now) {
        accounts.values().forEach(account -> {
            account.registration().onFlowClosed(flow, now);
            account.secondFlow().ifPresent(second -> second.onFlowClosed(flow, now));
        });
    }

    /** Our addresses are others now, or the way to the servers is: everybody registers anew. */
    void onNetworkChanged(long now) {
        accounts.values().forEach(account -> {
            account.secondFlow().ifPresent(SecondFlow::drop);
            account.registration().onNetworkChanged(now);
        });
    }

    /**
     * Finds whom an incoming request is for: the account whose Contact it is addressed to and whose server it comes from, or whose
     * address of record is in To; the user name alone will do when nothing better fits.
     */
    Optional<Account> match(Request request, Flow flow) {
        Predicate<Account> contact = account -> isUser(request.requestUri(), account.settings().contactUser());
        Predicate<Account> server = account -> account.isAt(flow.remote().getAddress());
        Predicate<Account> named = account -> isAddress(request.to().uri(), account.settings().address())
            || isAddress(request.requestUri(), account.settings().address());
        Predicate<Account> alias = account -> account.settings().extras().aliases().stream()
            .anyMatch(other -> isAddress(request.requestUri(), other) || isAddress(request.to().uri(), other));
        return first(contact.and(server).and(named)).or(() -> first(contact.and(server).and(alias))).or(() -> first(contact.and(server)))
            .or(() -> first(named)).or(() -> first(alias)).or(() -> first(contact));
    }

    boolean any(Predicate<Account> condition) {
        return accounts.values().stream().anyMatch(condition);
    }

    private Optional<Account> first(Predicate<Account> condition) {
        return accounts.values().stream().filter(condition).findFirst();
    }

    private static boolean isUser(Uri uri, String user) {
        return uri instanceof SipUri sip && sip.decodedUser().orElse("").equals(user);
    }

    /** Tells whether a URI has this user and host. */
    static boolean isAddress(Uri uri, SipUri address) {
        return uri instanceof SipUri sip && sip.decodedUser().equals(address.decodedUser()) && sip.host().equalsIgnoreCase(address.host());
    }
}
