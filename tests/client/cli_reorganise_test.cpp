#include <set>

#include "client/cli/csv.hpp"
#include "tests/support/cli_desk.hpp"

// Hòa Bình (2023) becomes a part of Phú Thọ (2025), from the two tables of schema/units, on the desk of a founder.
namespace hoso::client {
namespace {

using namespace tests;

const std::string old_units = std::string{HOSO_UNITS_FOLDER} + "/hoabinh.csv";
const std::string new_units = std::string{HOSO_UNITS_FOLDER} + "/phutho-2025.csv";

FounderCard founder_in(const std::filesystem::path& folder) {
    const auto card = make_founder(folder, "Quản trị tỉnh", passphrase, io::Work::training, 1);
    CHECK(card.has_value());
    return *card;
}

class Reorganisation : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(join_as_founder(folder_, province_of(world_)));
        auto opened = Desk::open(folder_, clock_);
        ASSERT_TRUE(opened) << opened.error().detail;
        desk_ = std::move(*opened);
        on("2023-03-20");
        run({"unit", "import", old_units});
    }

    void on(const char* day) {
        const Instant morning = start_of_day(*date_from_text(day)) + 8 * 3'600'000'000;
        world_.now = std::max(world_.now, morning);
        sync();
        ASSERT_TRUE(desk_->unlock(card_.account, passphrase, 12));
        sync();
    }
    void sync() {
        Talk talk(world_, *desk_);
        talk.run();
        ASSERT_TRUE(talk.idle) << (talk.failed ? talk.failed->detail : std::string{});
    }
    std::vector<json::object> run(const std::vector<std::string>& args, int expected = 0) {
        return answers_of(*desk_, args, expected, {}, said_);
    }
    json::object answer(const std::vector<std::string>& args) { return run(args).back(); }
    static std::string text(const json::object& from, const char* key) { return std::string(from.at(key).get_string()); }
    static std::int64_t number(const json::object& from, const char* key) { return from.at(key).to_number<std::int64_t>(); }
    std::string table(const std::string& name, const std::string& content) {
        const auto path = temp_ / name.c_str();
        std::ofstream(path) << content;
        return path.string();
    }
    static std::string content_of(const std::string& file) {
        std::ifstream in(file);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    // The real table with one thing changed.
    std::string spoilt(const std::string& file, const std::string& old, const std::string& made) {
        std::string content = content_of(file);
        const auto at = content.find(old);
        CHECK(at != std::string::npos);
        content.replace(at, old.size(), made);
        return table("spoilt.csv", content);
    }
    std::vector<json::object> reorganise(std::vector<std::string> more = {}) {
        std::vector<std::string> args{"unit", "reorganise", old_units, new_units, "--effective", "2025-07-01"};
        args.insert(args.end(), more.begin(), more.end());
        return run(args);
    }
    std::map<std::string, int> levels(const char* day) {
        std::map<std::string, int> counted;
        for (const json::object& row : run({"unit", "list", "--at", day})) ++counted[text(row, "level")];
        return counted;
    }
    // An officer's roles for the founder's account, rules and a round: enough to file.
    void ready_to_file() {
        const std::string account = card_.account.hex();
        for (const char* role : {"officer", "secretary"})
            run({"mandate", "grant", "--account", account, "--role", role, "--unit", "17", "--from", "2023-03-20", "--basis",
                 "CV"});
        run({"ruleset", "publish", std::string{HOSO_RULES_FOLDER} + "/ocop-148-2023.json"});
        run({"round", "open", "--title", "Đợt 2025", "--year", "2025", "--deadline", "2025-12-15", "--basis", "KH"});
    }
    std::string product(const std::string& unit, const std::string& name) {
        const std::string subject = text(answer({"subject", "register", "--unit", unit, "--name", "HTX " + name, "--type",
                                                 "cooperative", "--registration", "1"}),
                                         "subject");
        return text(answer({"product", "register", "--subject", subject, "--unit", unit, "--name", name, "--set", "tea"}),
                    "product");
    }
    void certify(const std::string& product, const std::string& certificate) {
        run({"legacy", "add", product, "--decision", "9/QĐ", "--date", "2023-01-10", "--certificate", certificate, "--stars", "3",
             "--issued", "2023-01-10", "--ruleset", "ocop-1048-2019"});
    }
    // Products by the group they count in.
    std::map<std::string, std::int64_t> counted(const char* geography) {
        std::map<std::string, std::int64_t> found;
        for (const json::object& row : run({"product", "count", "--by", "unit", "--geography", geography})) {
            EXPECT_EQ(text(row, "geography"), geography);
            found[text(row, "group")] += number(row, "products");
        }
        return found;
    }

    TempFolder temp_;
    std::filesystem::path folder_ = temp_ / "desk";
    FounderCard card_ = founder_in(folder_);
    World world_{domain::Founder{card_.account, card_.title, card_.officer_key, card_.device, card_.device_key}, "2023-03-20"};
    Instant behind_ = 0;
    HandClock clock_{world_.now, behind_};
    std::unique_ptr<Desk> desk_;
    std::string said_;
};

TEST_F(Reorganisation, OfHoaBinhIn2025) {
    on("2025-06-25");
    EXPECT_EQ(levels("2025-06-25"), (std::map<std::string, int>{{"commune", 151}, {"district", 10}, {"province", 1}}));
    const std::uint64_t before = desk_->outbox().size();
    const json::object dry = reorganise({"--dry-run"}).back();
    EXPECT_EQ(number(dry, "recorded"), 0);
    EXPECT_EQ(number(dry, "to_record"), 309);
    EXPECT_EQ(desk_->outbox().size(), before) << "a dry run records nothing";
    EXPECT_EQ(number(reorganise({"--dry-run", "--only-successors"}).back(), "to_record"), 207) << "46 communes instead of 148";

    const auto rows = reorganise();
    const json::object& summary = rows.back();
    EXPECT_EQ(number(summary, "recorded"), 309);
    EXPECT_EQ(number(summary.at("closed").get_object(), "commune"), 151);
    EXPECT_EQ(number(summary.at("closed").get_object(), "district"), 10);
    EXPECT_EQ(number(summary.at("created").get_object(), "commune"), 148);
    EXPECT_EQ(number(summary, "take_over"), 46);
    EXPECT_EQ(number(summary, "reused_codes"), 29);
    EXPECT_EQ(number(summary, "splits"), 3);
    EXPECT_EQ(text(summary.at("rename").get_object(), "name"), "Tỉnh Phú Thọ");
    std::set<std::string> split, into_province;
    std::map<std::string, std::string> carried;
    for (const json::object& row : rows) {
        const json::value* splits = row.if_contains("split");
        if (splits && splits->get_bool()) split.insert(text(row, "code"));
        const json::value* carrier = row.if_contains("code_before");
        if (carrier && carrier->is_string()) carried[text(row, "code")] = std::string(carrier->get_string());
        if (row.contains("becomes") && row.at("becomes") == "17 Tỉnh Hòa Bình") into_province.insert(text(row, "level"));
    }
    EXPECT_EQ(split, (std::set<std::string>{"04891", "04957", "05221"}));
    EXPECT_EQ(into_province, std::set<std::string>{"district"});
    std::map<std::string, std::string> expected;  // as the table has it
    const auto lines = cli::read_csv(content_of(new_units));
    ASSERT_TRUE(lines);
    for (const cli::CsvRow& line : *lines) {
        if (!line["code_had_other_name_before"].empty()) expected[line["code"]] = line["code_had_other_name_before"];
    }
    EXPECT_EQ(expected.size(), 29u);
    EXPECT_EQ(carried, expected);

    EXPECT_EQ(levels("2025-06-30"), (std::map<std::string, int>{{"commune", 151}, {"district", 10}, {"province", 1}}));
    EXPECT_EQ(levels("2025-07-01"), (std::map<std::string, int>{{"commune", 148}, {"province", 1}}));
    const std::uint64_t after = desk_->outbox().size();
    const json::object again = reorganise().back();
    EXPECT_EQ(number(again, "recorded"), 0);
    EXPECT_EQ(number(again, "recorded_before"), 309);
    EXPECT_EQ(number(again, "take_over"), 46);
    EXPECT_EQ(desk_->outbox().size(), after) << "the second run changes nothing";

    sync();
    const auto& units = world_.registry().units;
    const auto in_force =
        std::count_if(units.begin(), units.end(), [](const auto& entry) { return entry.second.valid_to == Date{}; });
    EXPECT_EQ(in_force, 149) << "the province holds every one of them to be effective";
}

TEST_F(Reorganisation, CodesAreOfADay) {
    on("2025-06-25");
    reorganise();
    EXPECT_EQ(text(answer({"unit", "show", "04891"}), "name"), "Xã Vầy Nưa");
    EXPECT_NE(said_.find("Xã Tiền Phong"), std::string::npos) << "the code has another unit to come: " << said_;
    on("2025-07-10");
    const json::object now = answer({"unit", "show", "04891"});
    EXPECT_EQ(text(now, "name"), "Xã Tiền Phong");
    EXPECT_EQ(text(now, "on"), "2025-07-10");
    EXPECT_EQ(now.at("same_code").get_array().size(), 1u);
    EXPECT_NE(said_.find("04891"), std::string::npos) << said_;
    EXPECT_NE(said_.find("Xã Vầy Nưa"), std::string::npos) << said_;
    const auto& from = now.at("predecessors").get_array();
    ASSERT_EQ(from.size(), 2u) << "the old Tiền Phong, and a part of Vầy Nưa";
    EXPECT_EQ(from[0].at("path").get_string(), "17/150/04888");
    const json::object then = answer({"unit", "show", "04891", "--at", "2025-06-30"});
    EXPECT_EQ(text(then, "name"), "Xã Vầy Nưa");
    ASSERT_EQ(then.at("successors").get_array().size(), 2u);
    EXPECT_EQ(then.at("successors").at(0).at("extent").get_string(), "part");
    EXPECT_EQ(text(answer({"unit", "show", text(then, "unit")}), "name"), "Xã Vầy Nưa") << "an id needs no day";
    run({"unit", "show", "17/150/04888"}, 3);
    EXPECT_NE(said_.find("which went into 17/04891 Xã Tiền Phong"), std::string::npos) << said_;
    run({"unit", "show", "17/150"}, 3);
    EXPECT_EQ(run({"unit", "list", "--all"}).size(), 310u);
    EXPECT_EQ(text(answer({"mandate", "grant", "--account", card_.account.hex(), "--role", "officer", "--unit", "04891", "--from",
                           "2025-06-01", "--to", "2025-06-30", "--basis", "CV"}),
                   "unit"),
              text(then, "unit"))
        << "a mandate is for the unit that has the code on its first day";
}

TEST_F(Reorganisation, IsRefusedWholeWhenATableIsWrong) {
    on("2025-06-25");
    const std::uint64_t before = desk_->outbox().size();
    const std::string header = "level,code,name_vi,kind,parent_code,valid_to,successors\n";
    const auto refused = [&](const char* what, const std::vector<std::string>& files, const std::vector<const char*>& says,
                             const char* day = "2025-07-01") {
        std::vector<std::string> args{"unit", "reorganise"};
        args.insert(args.end(), files.begin(), files.end());
        args.insert(args.end(), {"--effective", day});
        std::istringstream in;
        std::ostringstream out, err;
        boost::asio::io_context context;
        Link link(*desk_, context);
        EXPECT_NE(cli::run_command(*desk_, link, args, in, out, err), 0) << what;
        for (const char* said : says) EXPECT_NE(err.str().find(said), std::string::npos) << what << ": " << err.str();
        EXPECT_NE(err.str().find("Nothing was recorded"), std::string::npos) << what << ": " << err.str();
        EXPECT_EQ(desk_->outbox().size(), before) << what;
    };
    refused("another day", {old_units, new_units}, {"hoabinh.csv line 2: ", "2025-06-30", "2025-12-31"}, "2026-01-01");
    refused("old alone", {old_units}, {"hoabinh.csv line 2: ", "goes on as a whole"});
    refused("another province", {table("x.csv", header + "commune,99999,Xã Lạ,commune,,,99998:whole\n"), new_units},
            {"x.csv line 2: ", "no commune with the code 99999", "another province's table"});
    refused("another name", {spoilt(old_units, "Xã Vầy Nưa,", "Xã Vầy,"), new_units},
            {"04891 is Xã Vầy Nưa here", "write its name"});
    refused("a commune left out", {spoilt(old_units, "commune,04891,", "commune,04892,"), new_units},
            {"line 48: ", "no commune with the code 04892"});
    refused("no successor", {spoilt(old_units, ",04891:part;04828:part,", ",,"), new_units},
            {"say what 04891 Xã Vầy Nưa goes into"});
    refused("neither whole nor part", {spoilt(old_units, ",04891:part;", ",04891:half;"), new_units},
            {"\"04891:half\": write CODE:whole"});
    refused("twice as a whole", {spoilt(old_units, ",04891:part;04828:part,", ",04891:whole;04828:whole,"), new_units},
            {"as a whole into one"});
    refused("an unknown successor", {spoilt(old_units, ",04891:part;", ",04999:part;"), new_units}, {"no unit 04999"});
    refused("a code twice", {old_units, spoilt(new_units, "commune,04795,", "commune,04792,")}, {"line 4: ", "04792 stands twice"});
    refused("begins on another day", {old_units, spoilt(new_units, ",25,2025-07-01,", ",25,2025-07-02,")},
            {"line 3: ", "2025-07-02"});
    refused("no parent", {old_units, spoilt(new_units, "ward,25,", "ward,26,")}, {"line 3: ", "no unit 26"});
    refused("no columns", {table("y.csv", "a,b\n1,2\n")}, {"y.csv line 1: ", "level"});
    refused("a line of another length", {table("z.csv", header + "commune,1\n")}, {"z.csv line 2: ", "headings"});
    const std::string district = table("d.csv", header + "district,150,Huyện Đà Bắc,district,17,,\n");
    refused("a district without its communes", {district}, {"150 Huyện Đà Bắc ends", "does not"});
    const std::string taken = table("n.csv", "level,code,name_vi,kind,parent_code\ncommune,04891,Xã Khác,commune,17\n");
    refused("a code that is in use", {taken}, {"04891 Xã Vầy Nưa has this code", "close it the day before"});
    run({"unit", "reorganise", "no-such-file.csv", "--effective", "2025-07-01"}, 3);
}

TEST_F(Reorganisation, OfSingleUnits) {
    on("2024-05-02");
    // Two communes become one under a new name, as a single decision does it.
    answer({"unit", "add", "--code", "09999", "--name", "Xã Hợp Nhất", "--level", "commune", "--parent", "17/150", "--from",
            "2024-06-01"});
    answer({"unit", "close", "17/150/04867", "17/150/04876", "--last-day", "2024-05-31", "--into", "09999:whole"});
    EXPECT_EQ(number(answer({"unit", "close", "17/150/04867", "--last-day", "2024-05-31", "--into", "09999:whole"}), "recorded"), 0)
        << "once is enough";
    run({"unit", "close", "17/150/04867", "--last-day", "2024-05-31", "--into", "04891:whole"}, 4);
    run({"unit", "close", "17/150/04891", "--last-day", "2024-05-31"}, 2);
    EXPECT_NE(said_.find("say what 04891"), std::string::npos) << said_;
    run({"unit", "close", "17/150", "--last-day", "2024-05-31"}, 2);
    run({"unit", "close", "17", "--last-day", "2024-05-31", "--into", "none"}, 2);
    EXPECT_EQ(
        number(answer({"unit", "close", "17/150/04891", "--last-day", "2024-05-31", "--into", "none", "--dry-run"}), "recorded"),
        0);
    on("2024-06-03");
    EXPECT_EQ(answer({"unit", "show", "09999"}).at("predecessors").get_array().size(), 2u);
    EXPECT_EQ(levels("2024-06-03").at("commune"), 150);
}

TEST_F(Reorganisation, HandsOnDossiersAndCountsThemOnce) {
    ready_to_file();
    on("2025-06-25");
    const std::string tea = product("17/150/04888", "Chè"), honey = product("17/150/04891", "Mật ong");
    certify(tea, "C-1");
    certify(honey, "C-2");
    certify(product("17/150/04867", "Gạo"), "C-3");
    for (const std::string& opened : {tea, honey})
        run({"dossier", "open", opened, "--kind", "re-evaluation", "--ruleset", "ocop-148-2023", "--round", "2025"});
    EXPECT_TRUE(run({"dossier", "list", "--queue", "undetermined"}).empty());
    run({"dossier", "list", "--queue", "nonsense"}, 2);
    const json::object dossiers = reorganise({"--dry-run"}).back().at("dossiers_under_way").get_object();
    EXPECT_EQ(number(dossiers, "handed_on"), 1);
    ASSERT_EQ(dossiers.at("undetermined").get_array().size(), 1u);
    EXPECT_EQ(dossiers.at("undetermined").at(0).at("name").get_string(), "Mật ong");
    reorganise();

    on("2025-07-03");
    const auto rows = run({"dossier", "list"});
    ASSERT_EQ(rows.size(), 2u);
    for (const json::object& row : rows) {
        const auto& holders = row.at("holder").get_array();
        EXPECT_EQ(text(row, "unit_name"), text(row, "name") == "Chè" ? "Xã Tiền Phong" : "Xã Vầy Nưa") << "as it was filed";
        EXPECT_EQ(holders.size(), text(row, "name") == "Chè" ? 1u : 2u);
    }
    for (const char* queue : {"undetermined", "chưa xác định"}) {
        const auto waiting = run({"dossier", "list", "--queue", queue});
        ASSERT_EQ(waiting.size(), 1u) << queue;
        EXPECT_EQ(text(waiting.front(), "name"), "Mật ong");
        EXPECT_EQ(text(waiting.front(), "why"), "split");
        EXPECT_EQ(waiting.front().at("holder").get_array(), (json::array{"Phường Thống Nhất", "Xã Tiền Phong"}));
    }
    run({"dossier", "note", honey, "Tỉnh đang xem"});  // the province can still act on it
    run({"product", "register", "--subject", "HTX Chè", "--unit", "17/04891", "--name", "Chè mới", "--set", "tea"});
    certify("Chè mới", "C-4");

    using Counts = std::map<std::string, std::int64_t>;
    EXPECT_EQ(counted("2025-06-30"), (Counts{{"Huyện Đà Bắc", 4}})) << "also what is new: its communes were all there";
    EXPECT_EQ(counted("2025-07-01"),
              (Counts{{"Xã Tiền Phong", 2}, {"Xã Đà Bắc", 1}, {"undetermined among Phường Thống Nhất, Xã Tiền Phong", 1}}));
    for (const char* day : {"2025-06-30", "2025-07-01"}) {
        const auto progress = run({"progress", "--round", "2025", "--geography", day});
        std::int64_t sum = 0;
        for (const json::object& row : progress) {
            EXPECT_EQ(text(row, "geography"), day);
            if (!row.contains("total")) sum += number(row, "registered");
        }
        EXPECT_EQ(sum, 2) << day;
        EXPECT_EQ(number(progress.back(), "registered"), 2) << day;
        EXPECT_EQ(progress.size(), day == std::string("2025-06-30") ? 11u : 150u) << day;
    }
    for (const json::object& row : run({"cert", "list"})) {
        if (text(row, "certificate") == "C-1") {
            EXPECT_EQ(text(row, "path"), "17/150/04888");
        }
        if (text(row, "certificate") == "C-1") {
            EXPECT_EQ(text(row, "unit_name"), "Xã Tiền Phong");
        }
        if (text(row, "certificate") == "C-2") {
            EXPECT_EQ(text(row, "unit_name"), "Xã Vầy Nưa");
        }
    }
}

}  // namespace
}  // namespace hoso::client
