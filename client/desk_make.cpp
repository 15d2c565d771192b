#include <algorithm>

#include "client/desk_parts.hpp"
#include "shared/domain/action_codec.hpp"

namespace hoso::client {
namespace {

constexpr std::size_t card_bytes_max = 64 << 10;

Result<void> make_folder(const std::filesystem::path& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder / "officers", failed);
    if (!failed) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
    if (failed) return Error{Errc::io, "The folder " + folder.string() + " cannot be made: " + failed.message() + "."};
    return {};
}

// A key that an earlier attempt left is taken up again.
Result<SigningKey> make_device_key(const std::filesystem::path& folder) {
    auto held = io::load_key(folder / device_key_file);
    if (held || held.error().code != Errc::not_found) return held;
    SigningKey made = io::new_signing_key();
    if (auto saved = io::save_key(folder / device_key_file, made); !saved) return saved.error();
    return made;
}

Result<SigningKey> make_officer_key(const std::filesystem::path& folder, const AccountId& account, std::string_view passphrase,
                                    io::Work work) {
    const auto file = officer_key_file(folder, account);
    if (std::filesystem::exists(file)) return io::load_locked_key(file, passphrase);
    if (passphrase.empty()) return Error{Errc::invalid, "An officer's key needs a passphrase: it must not be empty."};
    SigningKey made = io::new_signing_key();
    if (auto saved = io::save_locked_key(file, made, passphrase, work); !saved) return saved.error();
    return made;
}

io::Work work_of(const Province& province) { return province.training ? io::Work::training : io::Work::full; }

Result<void> save_identity(const std::filesystem::path& folder, const Identity& identity) {
    return io::write_file(folder / join_file, as_bytes(to_json(identity)), 0600);
}

// Empty when the folder holds no desk yet.
Result<std::optional<Identity>> held_identity(const std::filesystem::path& folder) {
    const auto held = io::read_file(folder / join_file, 1 << 20);
    if (!held && held.error().code == Errc::not_found) return std::optional<Identity>{};
    if (!held) return held.error();
    auto identity = identity_from_json(as_text(*held));
    if (!identity) return identity.error();
    return std::optional{std::move(*identity)};
}

Error other_desk(const std::filesystem::path& folder) {
    return {Errc::exists, "The folder " + folder.string() + " holds another desk already: name a new, empty folder with --data."};
}

}  // namespace

Result<FounderCard> make_founder(const std::filesystem::path& folder, std::string_view title, std::string_view passphrase,
                                 io::Work work, Instant now) {
    if (std::filesystem::exists(folder / join_file)) return other_desk(folder);
    if (auto made = make_folder(folder); !made) return made.error();
    if (const auto held = io::read_file(folder / founder_file, card_bytes_max)) return card_from_json(as_text(*held));
    auto device = make_device_key(folder);
    if (!device) return device.error();
    FounderCard card{io::uuid_v7(now), std::string{title}, {}, io::uuid_v7(now), device->public_key()};
    const auto officer = make_officer_key(folder, card.account, passphrase, work);
    if (!officer) return officer.error();
    card.officer_key = officer->public_key();
    if (auto saved = io::write_file(folder / founder_file, as_bytes(to_json(card)), 0600); !saved) return saved.error();
    return card;
}

Result<void> join_as_founder(const std::filesystem::path& folder, const Province& province) {
    if (std::filesystem::exists(folder / join_file)) return other_desk(folder);
    const auto held = io::read_file(folder / founder_file, card_bytes_max);
    if (!held)
        return Error{Errc::not_found,
                     "There is no founder's desk in " + folder.string() + ": make it first, with: hoso founder new"};
    const auto card = card_from_json(as_text(*held));
    if (!card) return card.error();
    const auto leaf = log::decode_leaf(province.genesis);
    if (!leaf) return leaf.error();
    const auto action = domain::decode(leaf->action);
    if (!action) return action.error();
    const auto& founders = std::get<domain::Genesis>(action->body).founders;
    const bool named = std::any_of(founders.begin(), founders.end(), [&](const domain::Founder& founder) {
        return founder.account == card->account && founder.officer_key == card->officer_key && founder.device == card->device &&
               founder.device_key == card->device_key;
    });
    if (!named)
        return Error{Errc::denied, "The genesis of this log does not name this desk: it was made with other founders' cards."};
    return save_identity(folder, {.province = province, .device = card->device, .account = card->account, .unit = {}, .slip = {}});
}

Result<std::unique_ptr<Desk>> prepare_enrolment(const std::filesystem::path& folder, const Slip& slip, std::string_view passphrase,
                                                run::Clock& clock) {
    if (auto allowed = run::may_run(clock, slip.province.training); !allowed) return allowed.error();
    auto held = held_identity(folder);
    if (!held) return held.error();
    if (std::filesystem::exists(folder / founder_file) || (*held && (*held)->slip != slip.slip)) return other_desk(folder);
    if (auto made = make_folder(folder); !made) return made.error();
    auto device = make_device_key(folder);
    if (!device) return device.error();
    const auto officer = make_officer_key(folder, slip.account, passphrase, work_of(slip.province));
    if (!officer) return officer.error();
    const Identity identity = *held ? **held
                                    : Identity{.province = slip.province,
                                               .device = io::uuid_v7(clock.now()),
                                               .account = slip.account,
                                               .unit = slip.unit,
                                               .slip = slip.slip};
    if (!*held) {
        if (auto saved = save_identity(folder, identity); !saved) return saved.error();
    }
    auto desk = Desk::open(folder, clock);
    if (!desk || (*desk)->outbox().size() > 0) return desk;
    if (auto recorded = (*desk)->record_enrolment(slip, officer->public_key()); !recorded) return recorded.error();
    return desk;
}

Result<Recorded> Desk::record_enrolment(const Slip& slip, const PublicKey& officer) {
    CHECK(parts_->outbox->size() == 0);
    const Identity& self = parts_->identity;
    const PublicKey& key = parts_->device_key.public_key();
    const Bytes statement = log::slip_statement(self.province.log, slip.slip, self.device, key, slip.account, officer);
    const Signature signature = SigningKey::from_seed(slip.secret).sign(statement);
    return parts_->record_of_device(domain::DeviceEnrolled{slip.slip, key, slip.account, officer, signature}, registry_stream);
}

Result<Recorded> Desk::add_officer(const Slip& slip, std::string_view passphrase) {
    const Identity& self = parts_->identity;
    if (slip.province.log != self.province.log)
        return Error{Errc::denied, "This slip is for another province's log than this desk's."};
    if (slip.unit != self.unit)
        return Error{Errc::denied, "This slip is for a desk of another unit: ask for one for the unit of this desk."};
    // Other refusals may only mean that this desk has not heard of the slip yet.
    const domain::Verdict verdict =
        preview({domain::OfficerKeyAdded{slip.slip, slip.account, {}, {}}, registry_stream, slip.account, {}});
    if (verdict.reason == domain::Reason::slip_used || verdict.reason == domain::Reason::slip_expired)
        return Error{Errc::denied, std::string{name(verdict.reason)} + ": nothing was recorded. Ask for a new slip."};
    const auto officer = make_officer_key(parts_->folder, slip.account, passphrase, work_of(self.province));
    if (!officer) return officer.error();
    const Bytes statement =
        log::slip_statement(self.province.log, slip.slip, self.device, PublicKey{}, slip.account, officer->public_key());
    const Signature signature = SigningKey::from_seed(slip.secret).sign(statement);
    return parts_->record_of_device(domain::OfficerKeyAdded{slip.slip, slip.account, officer->public_key(), signature},
                                    registry_stream);
}

// ---- officers -------------------------------------------------------------------------------------------------------

std::vector<AccountId> Desk::officers() const {
    std::vector<AccountId> found;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(parts_->folder / "officers", failed)) {
        if (entry.path().extension() != ".key") continue;
        if (const auto account = AccountId::from_hex(entry.path().stem().string())) found.push_back(*account);
    }
    std::sort(found.begin(), found.end());
    return found;
}

bool Desk::unlocked(const AccountId& account) const { return parts_->unlocked.contains(account); }

void Desk::lock(const AccountId& account) { parts_->unlocked.erase(account); }

const SigningKey* Desk::officer_key(const AccountId& account) const {
    const auto found = parts_->unlocked.find(account);
    return found == parts_->unlocked.end() ? nullptr : &found->second;
}

Result<void> Desk::unlock(const AccountId& account, std::string_view passphrase, int hours) {
    auto key = io::load_locked_key(officer_key_file(parts_->folder, account), passphrase);
    if (!key && key.error().code == Errc::not_found) {
        return Error{Errc::not_found,
                     "This desk holds no key of that account: add it with a slip, by: hoso officer add --slip FILE"};
    }
    if (!key) return key.error();
    const bool before = unlocked(account);
    parts_->unlocked.insert_or_assign(account, std::move(*key));
    if (parts_->live_session(account)) return {};
    auto opened = parts_->open_session(account, parts_->session_time() + Instant{hours} * 3'600'000'000);
    if (!opened && !before) lock(account);
    return opened;
}

}  // namespace hoso::client
