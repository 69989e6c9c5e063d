package io.earshot.ice.agent;

/** A candidate of ours and what it is sent from. */
record LocalCandidate(Candidate candidate, Route route, int preference) {
    /** The priority that a check tells the peer to give a reflexive candidate found by it (RFC 8445 §7.1.1). */
    long reflexivePriority() {
        return CandidateType.PEER_REFLEXIVE.priority(preference, candidate.component());
    }
}
