#include "shared/sync/frame.hpp"

namespace hoso::sync {

const char* name(ByeReason reason) {
    switch (reason) {
        case ByeReason::done: return "done";
        case ByeReason::protocol: return "protocol";
        case ByeReason::version: return "version";
        case ByeReason::wrong_log: return "wrong_log";
        case ByeReason::unknown_device: return "unknown_device";
        case ByeReason::bad_signature: return "bad_signature";
        case ByeReason::bad_seal: return "bad_seal";
        case ByeReason::bad_chain: return "bad_chain";
        case ByeReason::slow: return "slow";
        case ByeReason::busy: return "busy";
        case ByeReason::full: return "full";
        case ByeReason::amnesia: return "amnesia";
        case ByeReason::shutdown: return "shutdown";
        case ByeReason::timeout: return "timeout";
        case ByeReason::slip_refused: return "slip_refused";
        case ByeReason::superseded: return "superseded";
    }
    return "unknown";
}

const char* name(BlobState state) {
    switch (state) {
        case BlobState::wanted: return "wanted";
        case BlobState::stored: return "stored";
        case BlobState::not_cited: return "not_cited";
        case BlobState::quota: return "quota";
        case BlobState::full: return "full";
        case BlobState::later: return "later";
    }
    return "unknown";
}

const char* name(const Frame& frame) {
    struct Name {
        const char* operator()(const Hello&) const { return "Hello"; }
        const char* operator()(const Welcome&) const { return "Welcome"; }
        const char* operator()(const Auth&) const { return "Auth"; }
        const char* operator()(const Ready&) const { return "Ready"; }
        const char* operator()(const Enrol&) const { return "Enrol"; }
        const char* operator()(const Enrolled&) const { return "Enrolled"; }
        const char* operator()(const Push&) const { return "Push"; }
        const char* operator()(const Results&) const { return "Results"; }
        const char* operator()(const Events&) const { return "Events"; }
        const char* operator()(const EventsWant&) const { return "EventsWant"; }
        const char* operator()(const NewCheckpoint&) const { return "Checkpoint"; }
        const char* operator()(const Credit&) const { return "Credit"; }
        const char* operator()(const Scope&) const { return "Scope"; }
        const char* operator()(const Bye&) const { return "Bye"; }
        const char* operator()(const BlobHave&) const { return "BlobHave"; }
        const char* operator()(const BlobWant&) const { return "BlobWant"; }
        const char* operator()(const BlobChunk&) const { return "BlobChunk"; }
    };
    return std::visit(Name{}, frame);
}

}  // namespace hoso::sync
