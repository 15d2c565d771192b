#include "server/founding.hpp"

#include <set>

#include "server/join_file.hpp"
#include "server/province.hpp"
#include "shared/base/hash.hpp"
#include "shared/domain/action_codec.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::server {
namespace {

constexpr std::size_t founders_wanted = 3;
constexpr std::size_t origin_bytes_max = 200;
constexpr std::size_t card_bytes_max = 16 * 1024;
constexpr int secret_mode = 0600;
constexpr int public_mode = 0644;

// What a signed note's key name may be (C2SP): no spaces, no plus sign.
bool origin_holds(std::string_view origin) {
    if (origin.empty() || origin.size() > origin_bytes_max || !is_utf8(as_bytes(origin))) return false;
    return origin.find_first_of(" \t\r\n+") == std::string_view::npos;
}

Result<void> check(const Founding& founding) {
    if (!origin_holds(founding.origin)) {
        return Error{Errc::invalid, "--origin takes a name without spaces and '+', for example hoso.example/hoa-binh."};
    }
    if (founding.title.empty() || !is_utf8(as_bytes(founding.title)))
        return Error{Errc::invalid, "--title takes the province's name."};
    if (founding.founders.size() != founders_wanted)
        return Error{Errc::invalid, "A log is founded by three officers: give --founder three times."};
    std::set<Uuid> ids;
    for (const domain::Founder& founder : founding.founders) ids.insert({founder.account, founder.device});
    if (ids.size() != 2 * founders_wanted) return Error{Errc::invalid, "The three founders need an account and a desk each."};
    std::error_code error;
    const bool there = std::filesystem::exists(founding.folder, error);
    if (there && !std::filesystem::is_empty(founding.folder, error)) {
        return Error{Errc::exists, founding.folder.string() + " is not empty: a province needs a folder of its own."};
    }
    if (std::filesystem::exists(founding.join)) {
        return Error{Errc::exists,
                     founding.join.string() + " exists: it may be another province's join file. Name a new one with --join."};
    }
    return {};
}

Result<log::Event> genesis_event(const Founding& founding, const SigningKey& key, const BoxPublicKey& recovery, Instant now) {
    domain::Genesis genesis;
    genesis.origin = founding.origin;
    genesis.title = founding.title;
    genesis.log_key = key.public_key();
    genesis.server_device = io::uuid_v7(now);
    genesis.recovery_key = recovery;
    genesis.founders = founding.founders;
    genesis.judge_version = replica::judge_version_max;
    genesis.training = founding.training;
    domain::Action action;
    action.header.device = genesis.server_device;
    action.header.claimed_time = now;
    action.header.clock_quality = founding.training ? domain::ClockQuality::training : domain::ClockQuality::local;
    action.body = genesis;
    log::Push push;
    push.device = genesis.server_device;
    push.actions.push_back(log::SignedAction{domain::encode(action), {}});
    const ActionId id = action_id(push.actions.front().action);
    push.seal = log::make_seal(key, LogId{id.bytes}, push.device, 0, 0, Hash{}, std::span{&id, 1});
    return replica::Replica::make_genesis(push, now);
}

Result<void> append_first(const std::filesystem::path& folder, const log::Event& genesis) {
    const Files files(folder);
    io::Database::Options options;
    options.create = true;
    auto database = io::Database::open(files.db, options);
    if (!database) return database.error();
    auto log = io::RocksLog::open(**database, files.log, io::RocksLog::Options{});
    if (!log) return log.error();
    return (*log)->append(std::span{&genesis, 1});
}

Result<void> write_text(const std::filesystem::path& file, std::string_view text, int mode) {
    return io::write_file(file, as_bytes(text), mode);
}

// Everything of the folder but its name.
Result<Founded> fill(const Founding& founding, const std::filesystem::path& folder, Instant now, std::string& join) {
    const Files files(folder);
    Founded founded;
    const SigningKey key = io::new_signing_key();
    if (auto saved = io::save_key(files.log_key, key); !saved) return saved.error();
    const net::Identity identity = net::make_identity(founding.origin);
    if (auto saved = write_text(files.tls_key, identity.key_pem, secret_mode); !saved) return saved.error();
    if (auto saved = write_text(files.tls_certificate, identity.certificate_pem, public_mode); !saved) return saved.error();
    BoxPublicKey recovery = founding.recovery.value_or(BoxPublicKey{});
    if (!founding.recovery) {
        const BoxPrivateKey secret = io::new_box_key();
        recovery = box_public_key(secret);
        if (auto saved = write_text(files.recovery_key, secret.hex() + "\n", secret_mode); !saved) return saved.error();
        founded.recovery_key = Files(founding.folder).recovery_key;
    }
    const auto genesis = genesis_event(founding, key, recovery, now);
    if (!genesis) return genesis.error();
    if (auto done = append_first(folder, *genesis); !done) return done.error();
    founded.log = LogId{action_id(genesis->action).bytes};
    const auto pin = net::pin_of(identity.certificate_pem);
    if (!pin) return pin.error();
    Bytes leaf;
    log::encode_leaf(*genesis, leaf);
    join = join_file(
        JoinFile{founding.address, *pin, founded.log, founding.origin, key.public_key(), founding.training, std::move(leaf)});
    if (auto saved = write_text(files.join, join, public_mode); !saved) return saved.error();
    return founded;
}

// Folders whose list of names the new one changes, parents that are made with it included.
std::vector<std::filesystem::path> changed_by(const std::filesystem::path& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> changed;
    std::filesystem::path above = std::filesystem::absolute(folder, error);
    do {
        above = above.parent_path();
        changed.push_back(above);
    } while (!std::filesystem::exists(above, error) && above.has_relative_path());
    return changed;
}

// The folder under its name, durably.
Result<void> rename_folder(const std::filesystem::path& from, const std::filesystem::path& to,
                           const std::vector<std::filesystem::path>& changed) {
    std::error_code error;
    std::filesystem::rename(from, to, error);  // onto nothing, or an empty folder
    if (error) return Error{Errc::io, "Cannot name the folder " + to.string() + ": " + error.message() + "."};
    for (const auto& folder : changed) {
        if (auto synced = io::sync_folder(folder); !synced) return synced;
    }
    return {};
}

}  // namespace

Result<domain::Founder> read_card(const std::filesystem::path& file) {
    const auto bytes = io::read_file(file, card_bytes_max);
    if (!bytes)
        return Error{bytes.error().code, "The founder's card " + file.string() + " cannot be read. " + bytes.error().detail};
    auto card = card_from_json(as_text(*bytes));
    if (!card) return Error{card.error().code, file.string() + ": " + card.error().detail};
    return card;
}

Result<Founded> found(const Founding& founding, Instant now) {
    if (auto checked = check(founding); !checked) return checked.error();
    std::filesystem::path named = founding.folder;
    if (!named.has_filename()) named = named.parent_path();
    const auto changed = changed_by(named);
    std::filesystem::path making = named;
    making += "." + io::random_hash().hex().substr(0, 8) + ".new";
    std::error_code error;
    std::filesystem::create_directories(making, error);
    if (error) return Error{Errc::io, "Cannot make the folder " + making.string() + ": " + error.message() + "."};
    std::filesystem::permissions(making, std::filesystem::perms::owner_all, error);
    std::string join;
    auto founded = fill(founding, making, now, join);
    if (founded) {
        if (auto renamed = rename_folder(making, named, changed); !renamed) founded = renamed.error();
    }
    if (!founded) {
        std::filesystem::remove_all(making, error);
        return founded.error();
    }
    if (auto saved = write_text(founding.join, join, public_mode); !saved) {
        return Error{saved.error().code, "The province stands, but its join file could not be written: it is also " +
                                             Files(founding.folder).join.string() + ". " + saved.error().detail};
    }
    return founded;
}

}  // namespace hoso::server
