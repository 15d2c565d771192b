#include "tests/bench/history.hpp"

#include "shared/domain/action_codec.hpp"
#include "shared/replica/kinds.hpp"
#include "shared/replica/record.hpp"
#include "tests/bench/figures.hpp"

namespace hoso::bench {
namespace {

constexpr Instant second = 1'000'000;
constexpr Instant between_events = 8 * second;  // 750 000 of them fill ten weeks
constexpr Instant behind = 600 * second;        // what an action had seen was received so long before
constexpr std::size_t signature_bytes = 64;

}  // namespace

History::History() : now_(start_of_day(*date_from_text("2023-03-01"))), founder_{new_id(), new_id(), 0} {
    const auto log_key = names_.new_key();
    domain::Genesis genesis{"hoso.example/bench", "Tỉnh Hòa Bình", log_key->public_key(), new_id(), {}, {}, 1, true};
    genesis.founders.push_back({founder_.account, "Quản trị", {}, founder_.device, {}});
    for (const char* title : {"Thư ký", "Lãnh đạo"}) genesis.founders.push_back({new_id(), title, {}, new_id(), {}});
    domain::Header header;
    header.device = genesis.server_device;
    const Bytes action = domain::encode(domain::Action{header, genesis});
    const ActionId id = action_id(action);
    const log::Seal seal = log::make_seal(*log_key, LogId{id.bytes}, genesis.server_device, 0, 0, {}, {&id, 1});
    const auto event = must(replica::Replica::make_genesis({genesis.server_device, 0, seal, {{action, {}}}}, now_), "genesis");
    must(replica_.fold(event, replica::Replica::Check::judge), "genesis");
}

ActionId History::log(Post& by, const StreamId& stream, domain::Body body, const domain::Verdict& expected) {
    now_ += between_events;
    domain::Action action;
    action.header.seq = by.next_seq++;
    action.header.log = state().log;
    action.header.device = by.device;
    action.header.session = ActionId{action_id(by.account.span())};
    action.header.actor = by.account;
    action.header.stream = stream;
    action.header.seen_size = replica_.size();
    action.header.seen_root = state().registry.newest_rule_set;  // any 32 bytes: only an admission asks
    action.header.claimed_time = now_;
    action.header.clock_quality = domain::ClockQuality::training;
    action.body = std::move(body);

    log::Event event;
    event.action = domain::encode(action);
    const replica::Arrival arrival{replica_.size(), now_, now_ - behind, 0};
    event.head = replica::head_of(state(), replica::site_of(state(), stream), action, expected, arrival);
    leaf_bytes += log::leaf_size(event) + (replica::kind_of(action.body).official ? signature_bytes : 0);

    const Stopwatch decoding;
    must(domain::decode(event.action), "decode");
    decode_seconds += decoding.seconds();
    const Stopwatch folding;
    must(replica_.fold(event, replica::Replica::Check::judge), "fold");
    fold_seconds += folding.seconds();

    held += expected.outcome == domain::Outcome::held ? 1 : 0;
    voided += expected.outcome == domain::Outcome::voided ? 1 : 0;
    const ActionId id = action_id(event.action);
    if (!watched_.is_nil() && stream == watched_) kept_.push_back(std::move(event));
    return id;
}

}  // namespace hoso::bench
