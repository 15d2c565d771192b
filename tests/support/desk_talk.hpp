#pragma once

#include <deque>
#include <optional>

#include "client/desk.hpp"
#include "shared/log/checkpoint.hpp"
#include "shared/log/merkle.hpp"
#include "shared/sync/server_session.hpp"
#include "tests/support/world.hpp"

// A real desk talks to the province in memory: both sessions, frames as bytes, no sockets.
namespace hoso::tests {

inline std::string note_of(const World& world, Position size) {
    log::CompactTree tree;
    for (Position at = 0; at < size; ++at) {
        Bytes leaf;
        log::encode_leaf(world.events[at], leaf);
        tree.append(log::leaf_hash(leaf));
    }
    return log::sign_note({world.registry().genesis.origin, size, tree.root()}, *world.desks[0].key);
}

inline client::Province province_of(const World& world) {
    client::Province province;
    province.address = "127.0.0.1:1";
    province.log = world.replica.state().log;
    province.origin = world.registry().genesis.origin;
    province.log_key = world.registry().genesis.log_key;
    province.training = world.registry().genesis.training;
    log::encode_leaf(world.events.front(), province.genesis);
    return province;
}

// A slip for a new account with a role in a unit.
inline client::Slip slip_for(World& world, const UnitId& unit, std::optional<domain::Role> role) {
    client::Slip slip;
    slip.province = province_of(world);
    slip.account = world.new_id();
    slip.unit = unit;
    world.effective("founder_0", registry_stream, domain::AccountCreated{slip.account, "post", {}, unit});
    if (role) {
        const domain::MandateGranted mandate{world.new_id(), slip.account, *role, unit, *date_from_text("2023-01-01"), {},
                                             "for tests"};
        world.effective("founder_0", registry_stream, mandate);
    }
    const auto key = world.new_key();
    slip.secret = key->seed();
    slip.slip = world.issue_slip(slip.account, unit, *key);
    return slip;
}

class Talk {
public:
    Talk(World& world, client::Desk& desk) : world_(world), desk_(desk), session_(desk.device_key(), desk.facts()) {
        to_serve_.push_back(sync::server::Opened{{}, {}, world.now});
        to_attend_.push_back(sync::client::Opened{{}, {}, world.now});
        desk.files().begin();
    }
    // The province keeps files there; without it takes none.
    Talk& with_files(io::BlobStore& store) {
        files = &store;
        intake_.emplace(store);
        return *this;
    }

    std::size_t answers_max = ~std::size_t{0};        // frames of results that reach the desk; the line is cut at the next
    std::optional<std::vector<UnitId>> scopes;        // instead of what the registry says
    sync::BlobState says = sync::BlobState::later;    // to offers, without files
    std::function<void(log::Event&)> tamper;          // with events on their way
    std::function<std::string(std::string)> rewrite;  // checkpoints

    bool idle = false;
    bool ahead = false;
    std::optional<sync::client::Close> closed;
    std::optional<Error> failed;  // of the desk: the line is cut there
    std::vector<log::Push> pushes;
    std::uint64_t file_bytes = 0;  // that reached the province
    std::map<log::FileId, sync::BlobState> answers;

    // Until nothing more happens, or so many things have.
    Talk& run(std::size_t steps_max = ~std::size_t{0}) {
        while (steps_max-- > 0 && !cut_ && !failed && (!to_serve_.empty() || !to_attend_.empty())) {
            if (!to_serve_.empty()) {
                const auto input = std::move(to_serve_.front());
                to_serve_.pop_front();
                for (const auto& effect : server_.step(input)) std::visit([this](const auto& one) { on(one); }, effect);
            } else {
                const auto input = std::move(to_attend_.front());
                to_attend_.pop_front();
                for (const auto& effect : session_.step(input)) {
                    if (!failed) std::visit([this](const auto& one) { on(one); }, effect);
                }
            }
        }
        return *this;
    }
    void recorded() { to_attend_.push_back(sync::client::OutboxGrew{}); }
    void grew() { to_serve_.push_back(sync::server::Grew{world_.events.size(), note()}); }

    // The enrolment's own conversation.
    static Result<void> enrol(World& world, client::Desk& desk) {
        const auto push = desk.prepare(0);
        CHECK(push && *push);
        world.now += 1'000'000;
        auto events = world.replica.admit(log::Push{**push}, world.now, 0, world.past_at());
        if (!events && events.error().code != Errc::exists) return events.error();
        if (events) world.events.insert(world.events.end(), events->begin(), events->end());
        const Bytes heads = heads_of(world, (*push)->device, 0, 1);
        return desk.accept(sync::Enrolled{province_of(world).genesis, heads, note_of(world, world.events.size())});
    }

private:
    static Bytes heads_of(const World& world, const DeviceId& device, std::uint64_t first, std::uint64_t count) {
        Bytes heads;
        for (const log::Event& event : world.events) {
            if (event.head.device != device || event.head.seq < first || event.head.seq >= first + count) continue;
            heads.resize(heads.size() + log::head_size);
            log::encode_head(event, heads.data() + heads.size() - log::head_size);
        }
        return heads;
    }
    std::string note() const {
        const std::string honest = note_of(world_, world_.events.size());
        return rewrite ? rewrite(honest) : honest;
    }

    template <typename Inbox, typename Received>
    void deliver(const sync::Frame& frame, Inbox& inbox) {
        auto decoded = sync::decode(sync::encode(frame));
        if (!decoded) std::fprintf(stderr, "%s\n", decoded.error().detail.c_str());
        CHECK(decoded.has_value());
        inbox.push_back(Received{std::move(decoded->frame), decoded->message_hash});
    }
    void on(const sync::server::Send& effect) {
        if (std::holds_alternative<sync::Results>(effect.frame) && answers_max-- == 0) {
            cut_ = true;
            return;
        }
        deliver<decltype(to_attend_), sync::client::Received>(effect.frame, to_attend_);
    }
    void on(const sync::server::Identify& effect) {
        const auto& devices = world_.registry().devices;
        const auto found = devices.find(effect.device);
        if (found == devices.end()) return to_serve_.push_back(sync::server::Known{});
        const auto& chains = world_.replica.state().chains;
        const auto chain = chains.find(effect.device);
        const auto head =
            chain == chains.end() ? sync::ChainHead{} : sync::ChainHead{chain->second.next_seq, chain->second.seal_hash};
        to_serve_.push_back(sync::server::Known{found->second.key, world_.replica.state().log, head,
                                                scopes.value_or(world_.registry().scopes(found->second)), note(),
                                                world_.events.size()});
    }
    void on(const sync::server::Store& effect) {
        const log::Seal& seal = effect.push.seal;
        world_.now += 1'000'000;
        auto events = world_.replica.admit(log::Push{effect.push}, world_.now, 0, world_.past_at());
        if (!events && events.error().code != Errc::exists) {
            return to_serve_.push_back(sync::server::Refused{sync::ByeReason::bad_chain, events.error().detail});
        }
        if (events) world_.events.insert(world_.events.end(), events->begin(), events->end());
        const Bytes heads = heads_of(world_, effect.push.device, seal.first_seq, effect.push.actions.size());
        to_serve_.push_back(sync::server::Logged{seal.first_seq, heads, {}, {}});
        grew();
    }
    void on(const sync::server::StoreEnrolment&) {}
    void on(const sync::server::Fetch& effect) {
        sync::Events found{world_.events.size(), {}};
        for (const log::Event& event : world_.events) {
            const bool wanted = std::any_of(effect.cursors.begin(), effect.cursors.end(), [&](const log::ScopeCursor& cursor) {
                return (cursor.scope == whole_log_scope() || cursor.scope == event.head.scope) &&
                       event.head.position >= cursor.after;
            });
            if (!wanted) continue;
            if (found.events.size() == 10) {
                found.through = event.head.position;
                break;
            }
            found.events.push_back(event);
            if (tamper) tamper(found.events.back());
            if (event.head.device != effect.receiver) continue;
            found.events.back().action.clear();
            found.events.back().signatures.clear();
            found.events.back().seal.reset();
        }
        to_serve_.push_back(sync::server::Fetched{std::move(found)});
    }
    void on(const sync::server::Weigh& effect) {
        if (!files) return to_serve_.push_back(sync::server::Asked{{said(effect.offer.file, says)}, false, true});
        auto held = log::ChunkMap::from(effect.offer.chunks, log::chunks_of(effect.offer.file.size));
        ask(intake_->begin(effect.offer.file, std::move(*held)), effect.offer.file, false);
    }
    void on(const sync::server::Withdraw& effect) { ask(intake_->drop(effect.file), effect.file, false); }
    void on(const sync::server::KeepPiece& effect) {
        file_bytes += effect.piece.bytes.size();
        ask(intake_->take(effect.piece), effect.piece.file, true);
    }
    void on(const sync::server::ReadPiece& effect) {
        auto piece = files ? files->read(effect.file, effect.offset, effect.bytes_max)
                           : Result<io::BlobStore::Piece>{Error{Errc::not_found, {}}};
        if (!piece) return to_serve_.push_back(sync::server::PieceRead{effect.file, std::nullopt});
        to_serve_.push_back(
            sync::server::PieceRead{effect.file, sync::BlobChunk{effect.file, effect.offset, piece->bytes, piece->proof}});
    }
    void on(const sync::server::Close&) {}

    static sync::BlobWant said(const log::FileId& file, sync::BlobState state, Position position = 0) {
        return {.file = file, .state = state, .position = position};
    }
    void ask(io::BlobIntake::Step step, const log::FileId& file, bool of_piece) {
        for (const log::FileId& ended : step.ended) step.wants.push_back(said(ended, sync::BlobState::later));
        if (step.failed) step.wants.push_back(said(file, sync::BlobState::full));
        if (files->is_whole(file)) {
            for (const auto& [id, stream] : world_.replica.state().streams) {
                const auto* product = std::get_if<domain::Product>(&stream.content);
                const auto cited = product ? product->files.find(file.root) : decltype(product->files.end()){};
                if (!product || cited == product->files.end() || cited->second.stored != no_position) continue;
                world_.log_by_server(id, domain::FileStored{file.root, file.size});
            }
            step.wants.push_back(said(file, sync::BlobState::stored, world_.events.size()));
            grew();
        }
        to_serve_.push_back(sync::server::Asked{std::move(step.wants), of_piece, !of_piece});
    }

    void take(const Result<void>& done) {
        if (!done) failed = done.error();
    }
    void on(const sync::client::Send& effect) {
        if (const auto* push = std::get_if<sync::Push>(&effect.frame)) {
            pushes.push_back(push->push);
            desk_.left(push->push.seal.first_seq, push->push.seal.last_seq);
        }
        deliver<decltype(to_serve_), sync::server::Received>(effect.frame, to_serve_);
        to_attend_.push_back(sync::client::Drained{});
    }
    void on(const sync::client::Prepare& effect) {
        auto push = desk_.prepare(effect.first_seq);
        CHECK(push.has_value());
        to_attend_.push_back(sync::client::Prepared{std::move(*push)});
    }
    void on(const sync::client::Answered& effect) { take(desk_.accept(effect)); }
    void on(const sync::client::UseScopes& effect) { take(desk_.accept(effect)); }
    void on(const sync::client::Save& effect) {
        take(desk_.accept(effect));
        to_attend_.push_back(sync::client::Saved{});
    }
    void on(const sync::client::SaveCheckpoint& effect) { take(desk_.accept(effect)); }
    void on(const sync::client::LookForFiles&) { to_attend_.push_back(desk_.files().look(desk_.confirmed().state(), desk_.now())); }
    void on(const sync::client::ReadPiece& effect) {
        to_attend_.push_back(sync::client::PieceRead{effect.file, desk_.files().read(effect, desk_.now())});
    }
    void on(const sync::client::KeepPiece& effect) { to_attend_.push_back(desk_.files().keep(effect.piece, desk_.now()).next); }
    void on(const sync::client::FileAnswered& effect) {
        to_attend_.push_back(desk_.files().answered(effect, desk_.now()));
        answers[effect.file] = effect.state;
    }
    void on(const sync::client::Idle&) {
        idle = true;
        take(desk_.exchanged());
    }
    void on(const sync::client::Ahead&) { ahead = true; }
    void on(const sync::client::Close& effect) { closed = effect; }

    World& world_;
    client::Desk& desk_;
    io::BlobStore* files = nullptr;
    std::optional<io::BlobIntake> intake_;
    sync::server::Session server_;
    sync::client::Session session_;
    std::deque<sync::server::Input> to_serve_;
    std::deque<sync::client::Input> to_attend_;
    bool cut_ = false;
};

}  // namespace hoso::tests
