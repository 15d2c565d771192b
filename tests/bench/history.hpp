#pragma once

#include "shared/replica/replica.hpp"
#include "tests/support/names.hpp"

namespace hoso::bench {

// An officer at a desk of their own.
struct Post {
    AccountId account;
    DeviceId device;
    std::uint64_t next_seq = 0;
};

// A log made event by event. Every action is encoded as a desk encodes it, is given the verdict that is expected of it, and is
// folded and judged again at once; then it is gone. There are no signatures and seals but those of the genesis: Check::judge asks
// for none.
class History {
public:
    History();

    const replica::State& state() const { return replica_.state(); }
    const replica::Replica& replica() const { return replica_; }
    const domain::Registry& registry() const { return state().registry; }
    Date today() const { return local_date(now_); }
    void wait_until(Date day) { now_ = std::max(now_, start_of_day(day)); }
    Uuid new_id() { return names_.new_id(); }
    BoxPrivateKey new_box_key() { return names_.new_box_key(); }
    Post& founder() { return founder_; }

    // The event becomes the next one. Any other verdict than `expected` ends the bench.
    ActionId log(Post& by, const StreamId& stream, domain::Body body, const domain::Verdict& expected = {});
    // From here on the events of this stream are kept.
    void watch(const StreamId& stream) { watched_ = stream; }
    const std::vector<log::Event>& kept() const { return kept_; }

    std::size_t held = 0;
    std::size_t voided = 0;
    std::size_t leaf_bytes = 0;  // of all events as the log would hold them
    double fold_seconds = 0;     // decode, hash, judge, compare, record
    double decode_seconds = 0;   // the same bytes, decoded only

private:
    tests::Names names_;
    replica::Replica replica_;
    Instant now_;
    Post founder_;
    StreamId watched_;
    std::vector<log::Event> kept_;
};

}  // namespace hoso::bench
