package io.earshot.zrtp;

import io.earshot.api.id.IdSource;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;

/** The messages of one agreement: writes ours, judges the peer's against each other (RFC 6189 §5, §9). */
final class ZrtpTranscript {
    static final int H1_AT = 12;
    private static final int HVI_AT = 76;
    private static final int IDS_AT = 44;
    private static final int PUBLIC_AT = 76;
    private static final int SEAL = 8;
    private static final int COMMIT_BYTES = 116;
    private static final int CONFIRM_BYTES = 76;
    private static final int MAC_AT = 12;
    private static final int IV_AT = 20;
    private static final int SEALED_AT = 36;
    private static final int VERIFIED = 4;

    final HashChain chain;
    final byte[] hello;
    final byte[] zid;
    ZrtpHello peer;
    ZrtpChoice choice;
    KeyPair pair;
    byte[] commit;
    byte[] part1;
    byte[] part2;
    private final IdSource ids;

    ZrtpTranscript(ZrtpOpening opening, byte[] zid, IdSource ids) {
        this.ids = ids;
        this.zid = zid;
        chain = opening.chain;
        hello = opening.hello;
    }

    private byte[] random(int bytes) {
        ByteBuffer out = ByteBuffer.allocate((bytes + 7) / 8 * 8);
        while (out.hasRemaining()) {
            out.putLong(ids.nextLong());
        }
        return Arrays.copyOf(out.array(), bytes);
    }

    /** Writes DHPart1 or DHPart2, with names of the secrets that we have of the peer. */
    byte[] part(String type, List<byte[]> kept) {
        String role = type.equals("DHPart2") ? "Initiator" : "Responder";
        byte[] names = random(4 * SEAL);
        for (int i = 0; i < kept.size(); i++) {
            System.arraycopy(choice.hash().shortMac(kept.get(i), ZrtpHash.ascii(role)), 0, names, i * SEAL, SEAL);
        }
        return HashChain.sealed(type, chain.h0, chain.h1, names, choice.agreement().publicValue(pair));
    }

    /** Writes the Commit that binds us to {@link #part2}. */
    byte[] commitment() {
        byte[] hvi = Arrays.copyOf(choice.hash().hash(part2, peer.raw()), HashChain.BYTES);
        return HashChain.sealed("Commit", chain.h1, chain.h2, zid, choice.codes(), hvi);
    }

    /** Tells whether our Commit goes before the peer's (§4.2). */
    static boolean wins(byte[] ours, byte[] theirs) {
        return Arrays.compareUnsigned(ours, HVI_AT, HVI_AT + HashChain.BYTES, theirs, HVI_AT, HVI_AT + HashChain.BYTES) > 0;
    }

    /** Judges a Commit: of the one whose Hello we have, and of a kind that we know. */
    Optional<ZrtpChoice> judgeCommit(byte[] message) {
        boolean good = message.length == COMMIT_BYTES && image(message, peer.image(), 1) && HashChain.fits(peer.raw(), h(message))
            && Arrays.equals(Arrays.copyOfRange(message, IDS_AT, IDS_AT + ZrtpHello.ZID), peer.zid());
        return good ? ZrtpChoice.read(message) : Optional.empty();
    }

    private static byte[] h(byte[] message) {
        return Arrays.copyOfRange(message, H1_AT, H1_AT + HashChain.BYTES);
    }

    private static boolean image(byte[] message, byte[] wanted, int steps) {
        byte[] at = h(message);
        for (int i = 0; i < steps; i++) {
            at = HashChain.next(at);
        }
        return MessageDigest.isEqual(at, wanted);
    }

    /** Judges DHPart1, the answer to our Commit. */
    boolean judgePart1(byte[] message) {
        return message.length == PUBLIC_AT + choice.agreement().publicBytes + SEAL && image(message, peer.image(), 2)
            && HashChain.fits(peer.raw(), HashChain.next(h(message)));
    }

    /** Judges DHPart2: it must be the one that the Commit was bound to. */
    boolean judgePart2(byte[] message) {
        return message.length == PUBLIC_AT + choice.agreement().publicBytes + SEAL
            && image(message, Arrays.copyOfRange(commit, H1_AT, H1_AT + HashChain.BYTES), 1) && HashChain.fits(commit, h(message))
            && MessageDigest.isEqual(Arrays.copyOf(choice.hash().hash(message, hello), HashChain.BYTES),
                Arrays.copyOfRange(commit, HVI_AT, HVI_AT + HashChain.BYTES));
    }

    static byte[] publicValue(byte[] part) {
        return Arrays.copyOfRange(part, PUBLIC_AT, part.length - SEAL);
    }

    /** Derives everything from the secret; the first kept one that both know of goes in. */
    ZrtpSecrets secrets(byte[] shared, Optional<byte[]> earlier, boolean initiator) {
        byte[] messages = choice.hash().hash(initiator ? peer.raw() : hello, commit, part1, part2);
        return new ZrtpSecrets(choice, new ZrtpSecrets.Input(shared, earlier, initiator ? zid : peer.zid(), initiator ? peer.zid() : zid,
            messages));
    }

    /** Returns the kept secret that the peer names too (§4.3): in the order of the initiator. */
    Optional<byte[]> match(List<byte[]> kept, boolean initiator) {
        byte[] theirs = initiator ? part1 : part2;
        byte[] role = ZrtpHash.ascii(initiator ? "Responder" : "Initiator");
        List<byte[]> named = List.of(Arrays.copyOfRange(theirs, IDS_AT, IDS_AT + SEAL),
            Arrays.copyOfRange(theirs, IDS_AT + SEAL, IDS_AT + 2 * SEAL));
        for (int outer = 0; outer < 2; outer++) {
            for (int inner = 0; inner < 2; inner++) {
                int own = initiator ? outer : inner;
                byte[] name = named.get(initiator ? inner : outer);
                if (own < kept.size() && MessageDigest.isEqual(choice.hash().shortMac(kept.get(own), role), name)) {
                    return Optional.of(kept.get(own));
                }
            }
        }
        return Optional.empty();
    }

    /** Writes Confirm1 or Confirm2: our first hash image and whether the users have compared, sealed. */
    byte[] confirm(String type, ZrtpSecrets.Side ours, boolean verified) {
        byte[] iv = random(16);
        byte[] open = ByteBuffer.allocate(40).put(chain.h0).putInt(verified ? VERIFIED : 0).putInt((int) ZrtpCache.FOR_EVER).array();
        byte[] closed = choice.cipher().cfb(Cipher.ENCRYPT_MODE, ours.zrtpKey(), iv, open);
        return ZrtpFrame.compose(type, choice.hash().shortMac(ours.macKey(), closed), iv, closed);
    }

    /**
     * What a Confirm says.
     *
     * @param verified whether the peer's user has compared, in an earlier call
     * @param seconds how long what is remembered of this call may be kept
     */
    record Confirmed(boolean verified, long seconds) { }

    /** Judges a Confirm: it must open, and show the image that sealed the peer's DHPart. */
    Optional<Confirmed> judgeConfirm(byte[] message, ZrtpSecrets.Side theirs, byte[] part) {
        if (message.length < CONFIRM_BYTES) {
            return Optional.empty();
        }
        byte[] closed = Arrays.copyOfRange(message, SEALED_AT, message.length);
        if (!MessageDigest.isEqual(choice.hash().shortMac(theirs.macKey(), closed), Arrays.copyOfRange(message, MAC_AT, IV_AT))) {
            return Optional.empty();
        }
        byte[] open = choice.cipher().cfb(Cipher.DECRYPT_MODE, theirs.zrtpKey(), Arrays.copyOfRange(message, IV_AT, SEALED_AT), closed);
        byte[] h0 = Arrays.copyOf(open, HashChain.BYTES);
        if (!MessageDigest.isEqual(HashChain.next(h0), h(part)) || !HashChain.fits(part, h0)) {
            return Optional.empty();
        }
        ByteBuffer rest = ByteBuffer.wrap(open, HashChain.BYTES, 8);
        return Optional.of(new Confirmed((rest.getInt() & VERIFIED) != 0, rest.getInt() & ZrtpCache.FOR_EVER));
    }
}
