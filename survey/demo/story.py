"""The demo story: 19 August 2025 in Thanh Hóa, one department, one centre, one commune. Every value is fictitious."""

from __future__ import annotations

from datetime import date

from forms.log import Value

DAY = date(2025, 8, 19)
DECISION = "2083/QĐ-BKHCN"
DECISION_DATE = date(2025, 8, 12)
TITLE = "Khảo sát, hướng dẫn tại tỉnh Thanh Hóa"

RETURN_DECISION = "00/QĐ-MINHHOA"
RETURN_TITLE = "Làm việc lại tại tỉnh Thanh Hóa (minh họa)"
RETURN_UNITS = ("15271", "15316", "14812")
"""A trip of the day on which the demo is made, with visits still to be filled."""

COMMUNE = "15271"
DEPARTMENT = "38.SO"
CENTRE = "38.TT"

HA_TRUNG: dict[str, Value] = {
    "A02": "xa", "A04": "yes", "A05_name": "Lê Thị Hòa", "A05_position": "Phó Chủ tịch UBND xã",
    "A05_division": "Ủy ban nhân dân xã", "A05_phone": "0237 000 0000", "A06": "2",
    "B01": "2", "B02": "2", "B03": "2", "B04": "2", "B05": "2", "B06": "1", "B07": "partly", "B08": "2",
    "B09": ["dvcqg", "hotich", "vneid"], "B09_times": "Khoảng 04 lần mỗi tuần, 09 giờ đến 10 giờ 30",
    "C01": 23, "C01_counter": 6, "C02": 34.5, "C03": 3, "C03_fast": 1, "C04": "2", "C05": 64.0, "C06": "3",
    "C07": "2", "C08": "2", "C09": "1", "C10": "2",
    "D01": "3", "D02": "2", "D03": "2", "D04": "2", "D05": "2", "D06": "0", "D07": "1", "D08": "partly",
    "D09_field": "tdclcl", "D09_procedure": "Kiểm tra nhà nước về đo lường", "D09_page": "41",
    "D09_text": "Chưa nêu cách lập biên bản khi mượn quả cân chuẩn của cụm xã.",
    "E01": 32, "E02": 27, "E03": 1, "E04": "1", "E05": "1", "E06": "1", "E07": "1", "E08": "1", "E09": "1",
    "E10": "2", "E11": "1", "E12": "2", "E13": 2, "E14": ["tdclcl", "shtt", "cds"], "E14_people": 5,
    "E15": 7, "E15_teams": 21,
    "F01_from": "2025-07-01", "F01_to": "2025-08-15", "F01": 900, "F02": 842, "F03": 832, "F04": 52.3, "F05": 61.0,
    "F06_tdclcl": 1, "F06_shtt": 1, "F06_atbxhn": 0, "F06_tanso": 0, "F06_buuchinh": 0, "F06_vienthong": 0,
    "F06_khcn": 0, "F06_cds": 0, "F07": "1", "F08": "2", "F09": 78.4, "F10": "1", "F11": 2.1,
    "G01": "1", "G02": "2", "G03": "2", "G04": "2", "G05": "2", "G06": "2", "G07": "3",
    "H01": "3", "H02": ["thongtin", "tiepnhan", "cho", "congdan", "khuyettat"], "H02_area": 118.0, "H03": "partly",
    "H04_counters": 6, "H04_officers": 5, "H05": 22, "H06": "2", "H07": "yes",
    "I01": ["hethong", "nhanluc", "quatai"],
    "I02_status": "01 công chức văn hóa - xã hội kiêm nhiệm khoa học, công nghệ và 03 mảng việc khác",
    "I02_impact": "Hồ sơ đo lường, sở hữu trí tuệ phải chờ hướng dẫn của Sở",
    "I02_cause": "Chưa có vị trí việc làm công nghệ thông tin, chuyển đổi số ở cấp xã",
    "I02_action": "Đã cử đi tập huấn 02 lượt, lập nhóm trao đổi với Sở KH&CN",
    "I03": "2", "I04": "ban_khoan", "I04_words": "Còn băn khoăn vì chưa có người được đào tạo kiểm tra đo lường.",
    "I05_field": "tdclcl", "I05_task": "Kiểm tra nhà nước về đo lường", "I05_reason": ["lydo_nhanluc"],
    "I05_text": "Chưa có công chức có chứng chỉ",
    "I06_document": "QĐ 19/2014/QĐ-TTg", "I06_article": "khoản 4 Điều 12",
    "I06_problem": "Chưa rõ xã sau sắp xếp thuộc diện bắt buộc hay khuyến khích áp dụng TCVN ISO 9001",
    "I06_proposal": "Bộ hướng dẫn cụ thể cho UBND cấp xã",
    "I07_text": "Quy định định mức, vị trí việc làm nhân lực CNTT, chuyển đổi số cấp xã", "I07_authority": "bo_noivu",
    "J01": ["tdclcl", "tracuu", "tiepnhan"],
    "J02_officer": "Công chức 01", "J02_division": "Phòng Văn hóa - Xã hội", "J02_topic": "tdclcl",
    "J02_coach": "Ủy ban TCĐLCL Quốc gia", "J04": "1", "J05": "2", "J03_real": 1, "J03_simulated": 2,
    "J06_mentor": "Sở KH&CN", "J06_form": "Trực tuyến hằng tuần", "J06_schedule": "Thứ Năm, 14 giờ",
    "C01#evidence": "seen", "C06#evidence": "seen", "E04#evidence": "document", "D01#evidence": "seen",
    "F08#evidence": "seen", "F08#note": "Làm đúng 07 bước khi có người hướng dẫn, 34 phút.",
    "C01#note": "Quầy tiếp nhận thiếu 02 máy.", "E04#note": "Kiêm nhiệm từ 03 mảng việc trở lên.",
    "B06#note": "Tra cứu được nhãn hiệu, chưa vào được dữ liệu sáng chế.",
}  # fmt: skip
"""Answers by question name as the delegation wrote them down; the questions not named here are made up to fit."""
