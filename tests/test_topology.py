from reports.topology import topology

LEFT = [(0, 0), (0, 2), (2, 2), (2, 0), (0, 0)]
RIGHT = [(2, 0), (2, 2), (4, 2), (4, 0), (2, 0)]
ISLAND = [(8, 8), (8, 9), (9, 9), (8, 8)]


def test_a_common_border_is_one_arc_walked_both_ways():
    found = topology({"units": [({"id": "a"}, [[LEFT]]), ({"id": "b"}, [[RIGHT]])]}, (0.5, 0.5), (100, 5))
    assert found == {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [100, 5]},
        "objects": {
            "units": {
                "type": "GeometryCollection",
                "geometries": [
                    {"id": "a", "type": "Polygon", "arcs": [[0, 1]]},
                    {"id": "b", "type": "Polygon", "arcs": [[~0, 2]]},
                ],
            }
        },
        "arcs": [[[2, 2], [0, -2]], [[2, 0], [-2, 0], [0, 2], [2, 0]], [[2, 2], [2, 0], [0, -2], [-2, 0]]],
    }


def test_an_island_is_the_same_single_arc_in_every_layer():
    turned = [*ISLAND[1:-1], ISLAND[0], ISLAND[1]]
    found = topology({"units": [({}, [[ISLAND]])], "provinces": [({}, [[turned]])]}, (1, 1), (0, 0))
    assert [one["geometries"][0]["arcs"] for one in found["objects"].values()] == [[[0]], [[0]]]
