#include "tests/bench/season.hpp"

#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "shared/domain/rules.hpp"
#include "shared/log/event.hpp"
#include "tests/bench/figures.hpp"

namespace hoso::bench {
namespace {

constexpr const char* passphrase = "cụm mật khẩu đo tốc độ";
constexpr const char* start_of_season = "2023-09-01T08:00:00+07:00";

void write_text(const std::filesystem::path& file, const std::string& text) {
    must(io::write_file(file, as_bytes(text), 0600), file.c_str());
}

}  // namespace

Child::Child(const std::vector<std::string>& arguments) {
    std::vector<char*> argv;
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    if (posix_spawn(&pid_, argv[0], nullptr, nullptr, argv.data(), environ) != 0) {
        std::fprintf(stderr, "bench: cannot start %s\n", argv[0]);
        std::exit(1);
    }
}

Child::~Child() {
    if (pid_ > 0) stop();
}

int Child::wait() {
    int status = 0;
    rusage used{};
    if (wait4(pid_, &status, 0, &used) != pid_) return -1;
    pid_ = -1;
    peak_mb_ = static_cast<double>(used.ru_maxrss) / 1024;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void Child::stop() {
    kill(pid_, SIGTERM);
    wait();
}

double Child::resident_mb() const {
    std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
    }
    return 0;
}

double Child::peak_mb() const { return peak_mb_; }

Season::Season(std::filesystem::path binaries, std::filesystem::path folder, std::filesystem::path rules)
    : binaries_(std::move(binaries)),
      folder_(std::move(folder)),
      rules_(std::move(rules)),
      clock_(must(run::make_clock(start_of_season), "clock")) {
    found();
    open_dossier();
}

void Season::found() {
    std::vector<std::string> init = {binaries_ / "hoso-server", "init",      "--data",      server_folder(), "--origin",
                                     "hoso.example/bench",      "--title",   "Bench",       "--training",    "--now",
                                     start_of_season,           "--address", "127.0.0.1:0", "--join",        folder_ / "join.json"};
    for (const char* name : {"admin", "founder-2", "founder-3"}) {
        const auto card =
            must(client::make_founder(folder_ / name, name, passphrase, io::Work::training, clock_->now()), "founder");
        const auto file = folder_ / (std::string(name) + ".json");
        write_text(file, client::to_json(card));
        init.insert(init.end(), {"--founder", file});
    }
    if (Child(init).wait() != 0) std::exit(1);
    start_server();
    must(client::join_as_founder(folder_ / "admin", province_), "join");
    admin_ = must(client::Desk::open(folder_ / "admin", *clock_), "open");
    must(admin_->unlock(account(*admin_), passphrase, 12), "unlock");

    root_ = io::uuid_v7(clock_->now());
    commune_unit_ = io::uuid_v7(clock_->now());
    const UnitId district = io::uuid_v7(clock_->now());
    record(*admin_, domain::UnitCreated{root_, {}, "province", "province", "17", "Tỉnh", {}}, registry_stream);
    record(*admin_, domain::UnitCreated{district, root_, "district", "district", "150", "Huyện", {}}, registry_stream);
    record(*admin_, domain::UnitCreated{commune_unit_, district, "commune", "commune", "04867", "Xã", {}}, registry_stream);
    const Bytes file = must(io::read_file(rules_, 8u << 20), "rules");
    std::string json = must(domain::canonical_json(as_text(file)), "rules");
    // The largest file that is moved here is larger than the regulation takes.
    const std::string limit = "\"bytesMax\":104857600";
    if (const auto at = json.find(limit); at != json.npos) json.replace(at, limit.size(), "\"bytesMax\":4000000000");
    const auto rules = must(domain::parse_rules(json), "rules");
    record(*admin_, domain::RuleSetPublished{rules.id, rules.hash, domain::pack_rules(json)}, registry_stream);
    sync(*admin_, 30);
}

void Season::open_dossier() {
    commune_ = enrol("commune", commune_unit_, domain::Role::officer);
    const Uuid round = io::uuid_v7(clock_->now());
    record(*admin_, domain::RoundOpened{round, "2023", 2023, *date_from_text("2023-12-15"), "bench"}, registry_stream);
    sync(*admin_, 30);
    sync(*commune_, 30);
    const StreamId subject = io::uuid_v7(clock_->now());
    product_ = io::uuid_v7(clock_->now());
    dossier_ = io::uuid_v7(clock_->now());
    record(*commune_, domain::SubjectRegistered{commune_unit_, "Hợp tác xã", "cooperative", "1", {}, {}, {}}, subject);
    record(*commune_, domain::ProductRegistered{commune_unit_, subject, "Chè", "tea", "17-150-04867-1-2023"}, product_);
    const auto& registry = commune_->confirmed().state().registry;
    record(*commune_,
           domain::DossierOpened{dossier_, domain::DossierKind::first, registry.newest_rule_set, round,
                                 *date_from_text("2023-09-01"), "Hợp tác xã", "cooperative", "1"},
           product_);
    sync(*commune_, 30);
}

void Season::start_server() {
    std::filesystem::remove(server_folder() / "address");
    const std::string listen = province_.address.empty() ? "127.0.0.1:0" : province_.address;
    server_ = std::make_unique<Child>(std::vector<std::string>{binaries_ / "hoso-server", "run", "--data", server_folder(),
                                                               "--listen", listen, "--now", start_of_season,
                                                               "--device-bytes-per-day", "0", "--disk-reserve", "67108864"});
    for (int i = 0; i < 600 && !std::filesystem::exists(server_folder() / "address"); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    const Bytes address = must(io::read_file(server_folder() / "address", 1000), "the server's address");
    if (province_.address.empty()) {
        province_ = must(client::province_from_json(as_text(must(io::read_file(folder_ / "join.json", 1u << 20), "join file"))),
                         "join file");
    }
    province_.address = std::string(as_text(address));
    while (!province_.address.empty() && province_.address.back() == '\n') province_.address.pop_back();
    log_ = province_.log;
}

void Season::stop_server() { server_->stop(); }

std::unique_ptr<client::Desk> Season::enrol(const std::string& name, const UnitId& unit, domain::Role role) {
    const Instant now = clock_->now();
    const AccountId officer = io::uuid_v7(now);
    client::Slip slip;
    slip.province = province_;
    slip.slip = io::uuid_v7(now);
    slip.secret = io::random_hash().bytes;
    slip.account = officer;
    slip.unit = unit;
    slip.expires = now + Instant{72} * 3600 * 1'000'000;
    const PublicKey slip_key = SigningKey::from_seed(slip.secret).public_key();
    record(*admin_, domain::AccountCreated{officer, name, {}, unit}, registry_stream);
    record(*admin_, domain::MandateGranted{io::uuid_v7(now), officer, role, unit, *date_from_text("2023-01-01"), {}, "bench"},
           registry_stream);
    record(*admin_, domain::SlipIssued{slip.slip, slip_key, officer, unit, slip.expires}, registry_stream);
    sync(*admin_, 30);
    auto desk = must(client::prepare_enrolment(folder_ / name, slip, passphrase, *clock_), "enrolment");
    {
        client::Link link(*desk, context_);
        must(link.enrol(30), "enrolment");
    }
    sync(*desk, 120);
    must(desk->unlock(officer, passphrase, 12), "unlock");
    sync(*desk, 120);
    return desk;
}

client::Progress Season::sync(client::Desk& desk, int seconds) {
    client::Link link(desk, context_);
    return must(link.sync(seconds, nullptr), "sync");
}

void Season::record(client::Desk& desk, domain::Body body, const StreamId& stream) {
    must(desk.record({std::move(body), stream, account(desk), {}}), "record");
}

Hash Season::cite_film(const std::filesystem::path& film) {
    const log::FileId file = must(commune_->files().store().add(film), "film");
    client::Proposal proposal{domain::DocumentAdded{dossier_, "product_story", "Phim", {}}, product_, account(*commune_), {}};
    proposal.files = {{file.root, file.size, "video/mp4", "product_story"}};
    must(commune_->record(std::move(proposal)), "record");
    return file.root;
}

void Season::record_notes(std::size_t count) {
    std::vector<client::Proposal> notes;
    notes.reserve(count);
    // Words of a small vocabulary in changing order, so that compression finds no more than in real notes.
    static constexpr const char* words[] = {
        "minh chứng", "phiếu kiểm nghiệm",   "vùng nguyên liệu", "nhãn hàng hóa",      "hợp đồng liên kết", "sổ sách",
        "bao bì",     "câu chuyện sản phẩm", "cơ sở sản xuất",   "lao động địa phương"};
    std::uint64_t draw = 1;
    for (std::size_t i = 0; i < count; ++i) {
        std::string text = "Ghi chú " + std::to_string(i) + ":";
        for (int word = 0; word < 5; ++word) {
            draw = draw * 6364136223846793005u + 1442695040888963407u;
            text += std::string(" ") + words[(draw >> 33) % std::size(words)];
        }
        notes.push_back({domain::NoteAdded{dossier_, text}, product_, account(*commune_), {}});
    }
    must(commune_->record_many(notes, {}), "record");
}

std::vector<std::string> Season::desk_command(const std::string& name, std::vector<std::string> arguments) const {
    std::vector<std::string> command = {binaries_ / "hoso", "--data", folder_ / name, "--now", start_of_season, "--json"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
}

}  // namespace hoso::bench
