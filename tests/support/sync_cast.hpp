#pragma once

#include "shared/base/hash.hpp"
#include "shared/log/checkpoint.hpp"
#include "shared/log/merkle.hpp"
#include "shared/sync/frame.hpp"

// Who takes part in a conversation, and small pieces of it. To the protocol an action is bytes, so these are only bytes.
namespace hoso::sync::test {

// SplitMix64: the same numbers on every machine.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t mixed = state_ += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
    std::uint64_t below(std::uint64_t end) { return next() % end; }
    bool one_in(std::uint64_t many) { return below(many) == 0; }
    Bytes bytes(std::size_t size) {
        Bytes made;
        made.reserve(size + 8);
        while (made.size() < size) append_le(made, next());
        made.resize(size);
        return made;
    }

private:
    std::uint64_t state_;
};

template <typename Fixed>
Fixed filled(Byte value) {
    Fixed made;
    made.bytes.fill(value);
    return made;
}

inline SigningKey signing_key(Byte number) { return SigningKey::from_seed(filled<Hash>(number).bytes); }

inline const LogId log_id = filled<LogId>(0x11);
inline const DeviceId desk_id = filled<DeviceId>(0x22);
inline const DeviceId other_desk_id = filled<DeviceId>(0x23);
inline const UnitId commune = filled<UnitId>(0x31);
inline const UnitId other_commune = filled<UnitId>(0x32);
inline const char* const origin = "hoso.example/practice";

inline const SigningKey& desk_key() {
    static const SigningKey key = signing_key(1);
    return key;
}
inline const SigningKey& log_key() {
    static const SigningKey key = signing_key(2);
    return key;
}

inline std::string note(std::uint64_t size, Byte root = 0) {
    Hash hash = filled<Hash>(root);
    store_le(hash.bytes.data(), size);
    return log::sign_note({origin, size, hash}, log_key());
}

// Bytes of an action: a multiple of 8, the first of them its scope.
inline log::SignedAction action(Random& random, std::size_t words, Byte scope = 0x31) {
    log::SignedAction made{random.bytes(words * 8), {}};
    made.action[0] = scope;
    return made;
}

inline log::Push push(std::uint64_t first_seq, const Hash& previous, std::vector<log::SignedAction> actions) {
    std::vector<ActionId> ids;
    for (const log::SignedAction& signed_action : actions) ids.push_back(action_id(signed_action.action));
    return {desk_id, 1, log::make_seal(desk_key(), log_id, desk_id, 1, first_seq, previous, ids), std::move(actions)};
}

inline log::Event event(Position position, log::SignedAction from, const UnitId& scope = commune) {
    log::Event made;
    made.head.judge_version = 1;
    made.head.position = position;
    made.head.received = 1'700'000'000'000'000 + static_cast<Instant>(position);
    made.head.scope = scope;
    made.head.device = other_desk_id;
    made.head.seq = position;
    made.action = std::move(from.action);
    made.signatures = std::move(from.signatures);
    return made;
}

inline Bytes heads(const log::Push& from, Position first) {
    Bytes made;
    for (std::size_t i = 0; i < from.actions.size(); ++i) {
        log::Event one = event(first + i, from.actions[i]);
        one.head.device = from.device;
        one.head.seq = from.seal.first_seq + i;
        made.resize(made.size() + log::head_size);
        log::encode_head(one, made.data() + made.size() - log::head_size);
    }
    return made;
}

// The effects of one kind, in order.
template <typename Kind, typename Effects>
std::vector<Kind> only(const Effects& effects) {
    std::vector<Kind> found;
    for (const auto& effect : effects) {
        if (const auto* one = std::get_if<Kind>(&effect)) found.push_back(*one);
    }
    return found;
}

// The frames of one kind among what is sent, by either end.
template <typename Kind, typename Effects>
std::vector<Kind> sent(const Effects& effects) {
    std::vector<Kind> found;
    for (const auto& effect : effects) {
        std::visit(
            [&](const auto& one) {
                if constexpr (requires { one.frame; }) {
                    if (const auto* frame = std::get_if<Kind>(&one.frame)) found.push_back(*frame);
                }
            },
            effect);
    }
    return found;
}

}  // namespace hoso::sync::test
