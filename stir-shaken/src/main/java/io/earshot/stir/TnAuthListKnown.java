package io.earshot.stir;

import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.util.Collection;
import java.util.Set;

/** Lets a certificate mark its TNAuthList as critical: we know what it is. */
final class TnAuthListKnown extends PKIXCertPathChecker {
    private final String oid;

    TnAuthListKnown(String oid) {
        this.oid = oid;
    }

    @Override
    public void init(boolean forward) {
    }

    @Override
    public boolean isForwardCheckingSupported() {
        return true;
    }

    @Override
    public Set<String> getSupportedExtensions() {
        return Set.of(oid);
    }

    @Override
    public void check(Certificate certificate, Collection<String> unresolved) {
        unresolved.remove(oid);
    }
}
